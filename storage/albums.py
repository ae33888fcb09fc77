"""Pictures that were sent together."""

from sqlalchemy.orm import Session

from storage.schema import Album


def first_of(session: Session, chat_id: int, group_id: str, message_id: int, now: float) -> int:
    """The message of an album that came first: this one, where none of it is known yet."""
    album = session.get(Album, (chat_id, group_id))
    if album is None:
        album = Album(chat_id=chat_id, group_id=group_id, message_id=message_id, at=now)
        session.add(album)
    return album.message_id
