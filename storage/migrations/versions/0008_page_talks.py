"""Keep talks between the desk and readers of the page, and which ended topics are to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "page_talks",
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["desk_threads.id"], name="fk_page_talks_thread_id_desk_threads"
        ),
        sa.PrimaryKeyConstraint("thread_id", name="pk_page_talks"),
    )
    op.create_index("ix_page_talks_person_id", "page_talks", ["person_id"])
    op.create_index("ix_page_talks_secret_hash", "page_talks", ["secret_hash"], unique=True)
    op.create_table(
        "page_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("edited_at", sa.Double(), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.Double(), nullable=True),
        sa.Column("outgoing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["desk_threads.id"], name="fk_page_letters_thread_id_desk_threads"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_page_letters"),
    )
    for column in ("thread_id", "waits", "outgoing_id"):
        op.create_index(f"ix_page_letters_{column}", "page_letters", [column])
    with op.batch_alter_table("ended_topics", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("to_tell", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("ended_topics", schema=None) as batch_op:
        batch_op.drop_column("to_tell")
    op.drop_table("page_letters")
    op.drop_table("page_talks")
