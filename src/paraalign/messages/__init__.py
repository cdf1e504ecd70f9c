"""What paraalign says to people, in each language that has a catalogue in `data`."""

from paraalign.messages.catalogue import Messages, Values, message_langs, messages_in

__all__ = ["Messages", "Values", "message_langs", "messages_in"]
