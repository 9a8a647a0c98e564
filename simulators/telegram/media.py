"""A file in a message."""

from attrs import frozen

from simulators.telegram.files import FileId, FileKind, StoredFile, thumbnail_size
from simulators.telegram.wire import Json


@frozen(kw_only=True)
class MessageMedia:
    """A file in a message. Sizes in pixels, ``duration`` in whole seconds; 0 where no one said."""

    kind: FileKind
    file: StoredFile
    width: int = 0
    height: int = 0
    duration: int = 0
    title: str = ""
    performer: str = ""
    cover: StoredFile | None = None

    def wire(self, bot_id: int) -> Json:
        """The fields a message carries it in, with the file ids of that bot."""
        if self.kind is FileKind.PHOTO:
            return {"photo": self._photo_sizes(bot_id)}
        body: Json = {
            "file_id": str(FileId(bot_id=bot_id, kind=self.kind, number=self.file.number)),
            "file_unique_id": self.file.unique_id,
            "mime_type": self.file.mime,
            "file_size": self.file.size_bytes,
        }
        if self.kind is not FileKind.VOICE:
            body["file_name"] = self.file.name
        if self.kind is not FileKind.DOCUMENT:
            body["duration"] = self.duration
        if self.kind in {FileKind.VIDEO, FileKind.ANIMATION}:
            body |= {"width": self.width, "height": self.height}
        if self.kind is FileKind.AUDIO:
            body |= {key: value for key, value in (("title", self.title), ("performer", self.performer)) if value}
        if self.kind is FileKind.ANIMATION:
            return {"animation": body, "document": self._as_document(body)}
        return {self.kind.value: body}

    def _photo_sizes(self, bot_id: int) -> list[Json]:
        sizes: list[Json] = []
        if small := thumbnail_size(self.width, self.height):
            sizes.append(
                {
                    "file_id": str(FileId(bot_id=bot_id, kind=self.kind, number=self.file.number, thumbnail=True)),
                    "file_unique_id": self.file.unique_id + "s",
                    "width": small[0],
                    "height": small[1],
                }
            )
        sizes.append(
            {
                "file_id": str(FileId(bot_id=bot_id, kind=self.kind, number=self.file.number)),
                "file_unique_id": self.file.unique_id,
                "width": self.width,
                "height": self.height,
                "file_size": self.file.size_bytes,
            }
        )
        return sizes

    @staticmethod
    def _as_document(animation: Json) -> Json:
        names = ("file_id", "file_unique_id", "mime_type", "file_size", "file_name")
        return {name: animation[name] for name in names}
