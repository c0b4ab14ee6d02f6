"""What people say about meetings without a word of the bot: asked about, never done at once."""

from __future__ import annotations

SIGN_UP = (
    *("ik kom", "ik kom ook", "ik wil komen", "ik wil ook komen", "ik wil graag komen"),
    *("mag ik komen", "ik ben erbij", "ik ben er", "ik ben er ook", "meld me aan", "meld mij aan"),
    *("ik meld me aan", "ik wil me aanmelden", "kan ik me aanmelden", "kan ik me nog aanmelden"),
    *("kan ik mij aanmelden", "kan ik mij nog aanmelden", "hoe meld ik me aan"),
    *("inschrijven", "schrijf me in", "schrijf mij in", "opgeven", "geef me op", "geef mij op"),
    *("sign me up", "i want to come", "i am coming", "i will come", "can i still come"),
    *("can i sign up", "can i still sign up", "i m coming", "i ll come", "i ll be there", "i m in"),
)

SIGN_OFF = (
    *("ik kom niet", "ik kom toch niet", "ik kan niet", "ik kan niet komen", "ik kan toch niet"),
    *("meld me af", "meld mij af", "ik meld me af", "afzeggen", "ik zeg af", "ik wil afzeggen"),
    *("uitschrijven", "schrijf me uit", "schrijf mij uit", "i cannot come", "i am not coming"),
    *("sign me off", "cancel", "ik kan er niet bij zijn", "ik kan er toch niet bij zijn"),
    *("ik kan er niet", "i can t come", "i can t make it", "i m not coming", "i won t come"),
)

AGENDA = (
    *("bijeenkomsten", "volgende bijeenkomst", "wanneer is de bijeenkomst", "wanneer is het"),
    *("wanneer is de volgende bijeenkomst", "welke bijeenkomsten zijn er", "hoe laat is het"),
    *("hoe laat begint het", "waar is het", "wie komen er", "wie komt er", "wie komen er allemaal"),
    *("hoeveel mensen komen er", "wat staat er op de agenda", "kalender", "calendar", "meetings"),
    *("next meeting", "when is the meeting", "when is the next meeting", "where is it"),
    *("when is it", "what time is it", "who is coming", "how many people are coming"),
    *("when s the meeting", "when s it", "where s it", "who s coming", "what s on"),
)

CALL_OFF = (
    *("moment af", "bijeenkomst af", "afzeggen", "zeg af", "afgelast", "annuleer", "annuleren"),
    *("cancel", "call off"),
)

MOVE = ("verzet", "verzetten", "verplaats", "verplaatsen", "verschuif", "move", "reschedule")

PROPOSE = ("voorstel", "ik stel voor", "ik wil een bijeenkomst", "i propose")
