"""Tell updates of the same number apart, and prove that the database can be written."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply it."""
    with op.batch_alter_table("handled_updates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    op.execute("INSERT INTO heartbeat (id, at) VALUES (1, 0)")


def downgrade() -> None:
    """Take it back."""
    op.drop_table("heartbeat")
    with op.batch_alter_table("handled_updates", schema=None) as batch_op:
        batch_op.drop_column("mark")
