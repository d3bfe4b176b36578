"""All settings: environment variables with the prefix `VNKG_`, and the four `NEO4J_` variables of the server."""

import re
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?/?")


class Settings(BaseSettings):
    """Data folders, engine and limits. Each field is set by its environment variable; empty variables are ignored."""

    model_config = SettingsConfigDict(env_prefix="VNKG_", env_ignore_empty=True, frozen=True, populate_by_name=True)

    data: Path = Field(Path(".vnkg"), description="Folder of the embedded engine's data and of its run record.")
    articles: Path | None = Field(
        None, description="Folder with the articles' text (NNN_*.txt); passages are shown and checked where it is set."
    )
    engine_memory: str = Field(
        "512m", pattern=r"^[0-9]+[mg]$", description="Largest heap of the embedded engine, as Java writes it."
    )
    query_timeout: float = Field(15.0, gt=0, description="Seconds after which a read query is ended.")
    request_timeout: float = Field(
        20.0, gt=0, description="Seconds after which a request is answered with 503 and its work is told to stop."
    )
    connect_timeout: float = Field(4.0, gt=0, description="Seconds to wait for a server that does not answer.")
    load_batch: int = Field(
        10_000, gt=0, description="Changes up to which a load is one transaction; above it, batches of this size."
    )
    cache: bool = Field(True, description="Keep ready HTTP responses (64 MB); 0 turns it off for measurement.")
    cache_megabytes: int = Field(64, gt=0, description="Upper bound of the ready responses kept, in megabytes.")
    public_url: str = Field(
        "",
        description="Address of the service as others reach it (https://vnkg.example), for absolute links and the "
        "pictures of shared links; empty: there are none, as what a request says of its host may be forged.",
    )
    neo4j_uri: str | None = Field(
        None, validation_alias="NEO4J_URI", description="Bolt address of a Neo4j server; unset: the embedded engine."
    )
    neo4j_username: str = Field("neo4j", validation_alias="NEO4J_USERNAME", description="User on the Neo4j server.")
    neo4j_password: SecretStr = Field(
        SecretStr(""), validation_alias="NEO4J_PASSWORD", description="Password on the Neo4j server."
    )
    neo4j_database: str = Field("neo4j", validation_alias="NEO4J_DATABASE", description="Database on the Neo4j server.")

    @field_validator("public_url")
    @classmethod
    def _validate_public_url(cls, url: str) -> str:
        """Accept only http(s)://host[:port], without the final slash: absolute links are built from the root."""
        if url and not _ORIGIN.fullmatch(url):
            raise PydanticCustomError("public_url", "Value should be like https://vnkg.example, without a path")
        return url.removesuffix("/")

    @property
    def cache_folder(self) -> Path:
        """Folder of the disk cache."""
        return self.data / "cache"
