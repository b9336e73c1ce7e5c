"""The only room that opens a connection: the database, the blobs, the workspace's folder."""

from tilik.store.blobs import BlobStore
from tilik.store.engine import database_url, open_engine
from tilik.store.hashing import digest_file
from tilik.store.past import as_of, position_of
from tilik.store.rebuild import TableMatch, rebuild, tables_of
from tilik.store.schema import upgrade
from tilik.store.shipped import guideline_text, web_folder
from tilik.store.store import SYSTEM, Store, Writing
from tilik.store.workspace import Settings, Workspace, create, open_workspace

__all__ = [
    "SYSTEM",
    "BlobStore",
    "Settings",
    "Store",
    "TableMatch",
    "Workspace",
    "Writing",
    "as_of",
    "create",
    "database_url",
    "digest_file",
    "guideline_text",
    "open_engine",
    "open_workspace",
    "position_of",
    "rebuild",
    "tables_of",
    "upgrade",
    "web_folder",
]
