"""Tables of people, logins, programs and their tokens."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class User(Base):
    """A person with an account; a `one_time` password was told by the administrator and must be changed."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    password: Mapped[str]
    roles: Mapped[list[str]]
    language: Mapped[str] = mapped_column(String(2), default="ar")
    digits: Mapped[str] = mapped_column(String(4), default="asis", server_default="asis")
    active: Mapped[bool] = mapped_column(default=True)
    one_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    refused: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Login(Base):
    """One login of one user: the cookie's secret only as a hash; `ref` is a name, not a credential."""

    __tablename__ = "logins"

    sid_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    ref: Mapped[str] = mapped_column(Id, unique=True, default=new_id)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]


class Client(Base):
    """A program of an outside body (the syndicate), with OAuth2 client credentials."""

    __tablename__ = "clients"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str]
    secret: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Token(Base):
    """A bearer token of a client, kept as a hash."""

    __tablename__ = "tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(80), ForeignKey("clients.id"), index=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime]
