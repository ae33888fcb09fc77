"""Keep the state of talks, what follows a delivery, visits of campaigns, albums, moved groups."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply it."""
    _widen()
    _make_tables()
    # A talk that is open has waited for the staff since it began, as far as is known; who came
    # by a campaign has visited it once.
    op.execute("UPDATE desk_threads SET spoken_at = opened_at")
    op.execute(
        "UPDATE desk_threads SET waits_for = 'staff', waits_since = opened_at"
        " WHERE closed_at IS NULL"
    )
    op.execute(
        "INSERT INTO campaign_visits (campaign_id, person_id, at)"
        " SELECT campaign_id, id, first_seen FROM people WHERE campaign_id IS NOT NULL"
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("albums", "moved_chats", "ended_topics", "campaign_visits"):
        op.drop_table(table)
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_column("next_id")
    with op.batch_alter_table("desk_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_messages_outgoing_id")
        batch_op.drop_column("outgoing_id")
    with op.batch_alter_table("desk_threads", schema=None) as batch_op:
        for name in (
            "waits_for",
            "spoken_at",
            "waits_since",
            "assignee",
            "hours_told",
            "listed_at",
        ):
            batch_op.drop_column(name)
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        for name in ("ix_outgoing_message", "ix_outgoing_question_id"):
            batch_op.drop_index(name)
        for name in ("question_id", "on_sent", "on_failed"):
            batch_op.drop_column(name)


def _widen() -> None:
    """Give tables that are there more columns."""
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("on_sent", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("on_failed", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.create_index("ix_outgoing_question_id", ["question_id"])
        batch_op.create_index("ix_outgoing_message", ["chat_id", "message_id"])
    with op.batch_alter_table("desk_threads", schema=None) as batch_op:
        for name in ("waits_for", "assignee"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in ("spoken_at", "waits_since", "hours_told", "listed_at"):
            batch_op.add_column(sa.Column(name, sa.Double(), nullable=True))
    with op.batch_alter_table("desk_messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outgoing_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_desk_messages_outgoing_id", ["outgoing_id"])
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_id", sa.Text(), nullable=True))


def _make_tables() -> None:
    op.create_table(
        "campaign_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_visits_campaign_id_campaigns"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_visits"),
    )
    for column in ("campaign_id", "person_id", "at"):
        op.create_index(f"ix_campaign_visits_{column}", "campaign_visits", [column])
    op.create_table(
        "ended_topics",
        sa.Column("topic_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("topic_id", name="pk_ended_topics"),
    )
    op.create_table(
        "moved_chats",
        sa.Column("old_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("new_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_moved_chats"),
    )
    op.create_table(
        "albums",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "group_id", name="pk_albums"),
    )
    op.create_index("ix_albums_at", "albums", ["at"])
