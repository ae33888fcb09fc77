"""What the bot counts and times, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counters of one bot, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.updates = Counter("hyqa_updates", "Updates handled", registry=registry)
        self.errors = Counter("hyqa_errors", "Updates that failed", registry=registry)
        self.answers = Counter("hyqa_answers", "Questions", ["status"], registry=registry)
        self.limited = Counter("hyqa_limited", "Questions over the limit", registry=registry)
        self.sent = Counter("hyqa_sent", "Calls that were made", ["method"], registry=registry)
        self.failed = Counter(
            "hyqa_send_failures", "Calls that failed", ["kind"], registry=registry
        )
        self.failures = Counter(
            "hyqa_failures", "Failures of what the bot needs", ["part", "kind"], registry=registry
        )
        self.well = Gauge("hyqa_well", "Whether a part works: 1 or 0", ["part"], registry=registry)
        self.lanes = Gauge("hyqa_queue_chats", "Chats with messages waiting", registry=registry)
        self.open = Gauge("hyqa_updates_in_work", "Updates not yet answered", registry=registry)
        self.handling = Histogram(
            "hyqa_handling_seconds",
            "An update, from its arrival until its answer is safe",
            registry=registry,
            buckets=_SECONDS,
        )
        self.lookup = Histogram(
            "hyqa_lookup_seconds", "Looking up a question", registry=registry, buckets=_SECONDS
        )
        self.delivery = Histogram(
            "hyqa_delivery_seconds",
            "A message, from the outbox until Telegram has it",
            registry=registry,
            buckets=_SECONDS,
        )

    def text(self) -> bytes:
        """All of it, in the format that Prometheus reads."""
        return generate_latest(self.registry)
