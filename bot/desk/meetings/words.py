"""What each word about meetings does."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk.meetings import agenda, attending, planning, series
from commands.meetings import said as words
from dialogues.core import Notice

MEETINGS: dict[type, Callable[..., list[Notice]]] = {
    words.Agenda: agenda.agenda,
    words.Agreed: planning.agreed,
    words.Attended: planning.attended,
    words.CallOffMeeting: planning.call_off,
    words.DeclineMeeting: planning.decline,
    words.HideMeeting: planning.hide,
    words.MoveMeeting: planning.move,
    words.NewMeeting: planning.new,
    words.NewSeries: series.new,
    words.ProposeMeeting: planning.propose,
    words.Remind: attending.remind,
    words.ShowMeeting: planning.show,
    words.SignOff: attending.sign_off,
    words.SignUp: attending.sign_up,
    words.StopSeries: series.stop,
    words.SupportMeeting: attending.support,
    words.Tables: planning.tables,
    words.TakeMeeting: planning.take,
    words.WithdrawMeeting: attending.withdraw,
}
