"""After a restored database: the shelf and the rows are brought together again."""

from django.core.files.storage import default_storage
from django.db import transaction

from catalog.models import Batch
from delivery.models import Paperwork, Sheet


@transaction.atomic
def make_lost_sheets_again() -> int:
    """Forget rows of sheets whose file is gone, so that the clockwork makes them anew."""
    gone = [
        sheet.pk
        for sheet in Sheet.objects.only("file").iterator()
        if not default_storage.exists(str(sheet.file.name))
    ]
    batches = Batch.objects.filter(sheets__in=gone)
    Paperwork.objects.filter(batch__in=batches).update(rendered_at=None)
    Sheet.objects.filter(pk__in=gone).delete()
    return len(gone)


def delete_unknown_files() -> int:
    """Delete files that no row knows: nobody would ever shred them."""
    known = set(Sheet.objects.values_list("file", flat=True))
    if not default_storage.exists(""):
        return 0
    folders, _files = default_storage.listdir("")
    there = {
        f"{one}/{name}" for one in folders for name in default_storage.listdir(one)[1]
    }
    for name in there - known:
        default_storage.delete(name)
    return len(there - known)
