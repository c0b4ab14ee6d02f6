"""What each word about meetings does."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import agenda, meetings, planning_meetings, series
from commands import said_meetings as words
from dialogues.core import Notice

MEETINGS: dict[type, Callable[..., list[Notice]]] = {
    words.Agenda: agenda.agenda,
    words.Agreed: planning_meetings.agreed,
    words.Attended: planning_meetings.attended,
    words.CallOffMeeting: planning_meetings.call_off,
    words.DeclineMeeting: planning_meetings.decline,
    words.HideMeeting: planning_meetings.hide,
    words.MoveMeeting: planning_meetings.move,
    words.NewMeeting: planning_meetings.new,
    words.NewSeries: series.new,
    words.ProposeMeeting: planning_meetings.propose,
    words.Remind: meetings.remind,
    words.ShowMeeting: planning_meetings.show,
    words.SignOff: meetings.sign_off,
    words.SignUp: meetings.sign_up,
    words.StopSeries: series.stop,
    words.SupportMeeting: meetings.support,
    words.Tables: planning_meetings.tables,
    words.TakeMeeting: planning_meetings.take,
    words.WithdrawMeeting: meetings.withdraw,
}
