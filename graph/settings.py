"""All settings: environment variables with the prefix `VNKG_`, and the `NEO4J_` variables of the server."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, field_validator, model_validator
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
        10_000,
        gt=0,
        description="Changes up to which a load is one transaction. Above it, transactions of this size write the "
        "release to a new database, which then replaces the old one; on Neo4j to the only one, closed to reads.",
    )
    cache: bool = Field(True, description="Keep ready HTTP responses (64 MB); 0 turns it off for measurement.")
    cache_megabytes: int = Field(64, gt=0, description="Upper bound of the ready responses kept, in megabytes.")
    access_log: bool = Field(False, description="Log each request, without its query; 1 turns it on.")
    public_url: str = Field(
        "",
        description="Address of the service as others reach it (https://vnkg.example), for absolute links and the "
        "pictures of shared links; empty: there are none, as what a request says of its host may be forged.",
    )
    max_sockets: int = Field(512, gt=0, description="Connections that may be open at once, if the system allows them.")
    rate_limit: float = Field(
        20.0, gt=0, description="Requests a second that `vnkg serve --public` answers to one client address."
    )
    rate_burst: int = Field(100, gt=0, description="Requests that a client may send at once within its rate limit.")
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks, with commas, of proxies whose X-Forwarded-For and X-Forwarded-Proto count "
        "(10.0.0.0/8, ::1); empty: none. Without it, all clients of a proxy share one rate limit.",
    )
    neo4j_uri: str | None = Field(
        None, validation_alias="NEO4J_URI", description="Bolt address of a Neo4j server; unset: the embedded engine."
    )
    neo4j_username: str = Field("neo4j", validation_alias="NEO4J_USERNAME", description="User on the Neo4j server.")
    neo4j_password: SecretStr = Field(
        SecretStr(""), validation_alias="NEO4J_PASSWORD", description="Password on the Neo4j server."
    )
    neo4j_auth_file: Path | None = Field(
        None,
        validation_alias="NEO4J_AUTH_FILE",
        description="File with `user/password`, as Neo4j's container image reads it; instead of the two variables "
        "before.",
    )
    neo4j_database: str = Field("neo4j", validation_alias="NEO4J_DATABASE", description="Database on the Neo4j server.")

    @field_validator("public_url")
    @classmethod
    def _validate_public_url(cls, url: str) -> str:
        """Accept only http(s)://host[:port], without the final slash: absolute links are built from the root."""
        if url and not _ORIGIN.fullmatch(url):
            raise PydanticCustomError("public_url", "Value should be like https://vnkg.example, without a path")
        return url.removesuffix("/")

    @model_validator(mode="before")
    @classmethod
    def _read_auth_file(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Take user and password from the file, if one is named."""
        path = values.get("NEO4J_AUTH_FILE") or values.get("neo4j_auth_file")
        if not path:
            return values
        try:
            user, separator, password = Path(path).read_text(encoding="utf-8").strip().partition("/")
        except (OSError, ValueError) as error:
            reason = f"NEO4J_AUTH_FILE: {path} cannot be read ({error}); expected one line, user/password"
            raise PydanticCustomError("auth_file", "{reason}", {"reason": reason}) from error
        if not (user and separator and password):
            reason = f"NEO4J_AUTH_FILE: {path} is something else; expected one line, user/password"
            raise PydanticCustomError("auth_file", "{reason}", {"reason": reason})
        return values | {"NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}

    @field_validator("trusted_proxies")
    @classmethod
    def _validate_trusted_proxies(cls, text: str) -> str:
        """Accept only addresses and networks."""
        try:
            return ",".join(str(ip_network(part.strip())) for part in text.split(",") if part.strip())
        except ValueError as error:
            raise PydanticCustomError("trusted_proxies", "Value should be like 10.0.0.0/8, ::1") from error

    @property
    def trusted_networks(self) -> list[IPv4Network | IPv6Network]:
        """Networks of the trusted proxies."""
        return [ip_network(text) for text in self.trusted_proxies.split(",") if text]

    @property
    def cache_folder(self) -> Path:
        """Folder of the disk cache."""
        return self.data / "cache"
