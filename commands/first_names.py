"""First names that are common in a Dutch town, to tell one person from an office or a group.

Names that are as well words of a town ("roos", "wijk", "storm") or names of organisations are left
out: somebody who is called so has to be told apart by a reader.
"""

from __future__ import annotations

#: In small letters and without accents.
_NAMES = """
aad aaltje aart abdel abdelkader abdellah abdul abdullah achmed adam adri adriaan adriana agnes
agnieszka ahmed ahmet aicha aisha alain albert alberto aleksandra alex alexander alexandra ali
alice alida alina alwin amal amina amir ana andre andrea andreas andrew andrzej angela angelique
anil anita anja anke ann anna annabel anne anneke annelies annemarie annemiek annet annie ans
anthony antje antoine anton antonio antoon ard arend ari ariane arie arjan arjen arno arnold
arnoud arthur asha astrid ayoub ayse aziz barbara bart bas bastiaan bea beatrix ben benjamin
berend bernadette bernard bert bertus betty bianca bilal bob boris bram brenda brigitte britt
bruno burak carel carin carina carla carlijn carlo carlos carmen carol carolien carolina
caroline casper catharina cathy cees cem chantal charlotte chris christa christel christiaan
christian christien christina christine ciska claire claudia clemens coen conny cor corine
cornelia cornelis corrie corry daan dagmar dalia damian dani daniel danielle danny daphne david
dean debbie deborah dennis derk desiree diana dick diederik dieuwke dimitri dina dirk ditte
djamila dolf dominique donald donna doortje dorien doris driss duncan ed eddy edith eduard
edward edwin eefje eelco elif eline elisa elisabeth elise elizabeth elke ella ellen elly els
elsbeth elske emiel emil emily emine emir emma emmy emre enrico eric erica erik erika erna ernst
erwin esmee esra esther eugene eva evelien eveline evelyn evert fabian fadime farid fatima fatma
fay feline femke fenna ferry fieke fien finn fleur floor floortje floris foppe franciscus
francois frank frans fred frederik freek frits gabriel geert geertje gerard gerda gerrit gert
gertjan gerty gijs gijsbert gina giovanni gonda gosia greet greta guido gunther guus hafid hakan
halima hamid hamza han hanna hannah hanneke hannie hans harm harrie harriet harry hasan hassan
heidi hein heleen helen helena helga hella hendrik hendrika henk hennie henny henri henriette
henry herbert herman hermien hessel hester hetty hidde hilda hilde hubert hugo huib huseyin
ibrahim ida igor ilham ilona ilse imane imke ina ineke inez inge ingeborg ingrid irene iris irma
isabel isabella ismail ivan ivo jaap jaco jacob jacoba jacqueline jacques jalal jamal james
jamila jan jana jane janine janna janneke jannes jannie janny jasmijn jasper jean jeanette
jeanine jeanne jeff jelle jelmer jennifer jenny jeroen jesse jessica jet jetske jim jimmy jip
joan joanna jochem joep johan johanna johannes john johnny joke jolanda jolanthe jolien jon
jonas jonathan joop joost jopie jordy joris jorrit jos jose josefien joseph josephine josje
jozef juan judith jules julia julian julie juliette julius jurgen jurre jurriaan justin karel
karim karin karina karl karlijn kaspar katarzyna kate katja katrien kay kees keimpe kelly kemal
ken kevin khadija khalid kim kirsten klaas koen koos krzysztof laila lara lars laura laurens lea
leen leendert leila lena lennart leo leon leonard leonie lex lia lianne lidia lidwien lieke lies
liesbeth lieselotte lieve lilian lily lina linda lisa lisanne lisette liv lizzy loes lonneke
lotte lou louis louise luc luca lucas lucia lucie ludo luka lukas luuk lydia lynn maaike maarten
maartje machteld maddy madelief magda magdalena mahmoud malika malou manon manuel marcel marco
margo margot margreet margriet maria marian marianne marie marieke mariette marije marijke
marijn marina mario marion mariska marit marja marjan marjo marjolein marjolijn mark marko
marleen marlies marloes marlou marnix marta marten martha martijn martin martina martine mary
maryam mateusz mathijs matthew matthijs maud maura maurice maurits max maxim maya mees mehdi
mehmet meike melanie melissa melle menno mercedes merel merve mia michael michaela michel
michelle michiel mieke mien miep mike mila milan milou mina minke mira miranda miriam mirjam
mitchell mohamed mohammed moniek monika monique mounir mourad murat mustafa myra myrna myrthe
nabil nadia nadine najat najib nancy naomi nasser natalie natasja nathalie neeltje nel nelleke
nellie nelly nicky nico nicolaas nicole niek niels nienke nina nisrine noah nolan noor noortje
nora noud nynke olaf olga olivier omar onno oscar osman otto ouassima paolo pascal pascalle
patricia patrick paul paula paulien pauline pedro peggy peter petra petronella philip pien pier
piet pieter pieternel pim piotr puck quinten rabia rachel rachid rafael ralf ralph ramon raoul
raymond rebecca regina reinder reinier remco remko renate rene renee renske reza rianne richard
rick rico rien riet rietje rik rini rinske rita rob robbert robert robin roderick roel roeland
roelof roland rolf romy ron ronald ronny rosa rosalie roselien rowan roy ruben rudolf rudy
rutger ruth ruud ryan saar sabine sabrina said saida salima salma sam samantha samira samuel
sander sandra sanne sara sarah saskia sebas sebastiaan sebastian selim selma semra serap sevda
shanti sharon sheila sietske sigrid silvia simon simone sjaak sjaan sjoerd sjors sofia sofie
sonja soraya souad stan stefan stefanie stella stephan stephanie steven stijn sunita susan
susanne suus suzan suzanne sven svenja swen sybren sylvia sytske taco tamara tania tanja tariq
teun teunis thea theo theodora thera theresa thijs thom thomas tiemen tijmen tijs tim timo tina
tineke tjeerd tobias tom tomasz ton tonnie tonny toon toos trees trijntje trudy truus tygo
ursula valerie vanessa vera veronique victor victoria vincent viola violet viviane wanda warner
wendy wesley wiebe wietske wil wilbert wilco wilfred wilhelmina willeke willem willemijn wilma
wim winfried winston wout wouter xander xavier yasin yasmina yasmine yassin yfke ymke yolanda
younes youri youssef yusuf yvette yvonne zahra zainab zeynep zoe zohra
"""

FIRST_NAMES = frozenset(_NAMES.split())
