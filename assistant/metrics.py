"""What is counted: answers, refusals, times, failures, documents; never what was asked or said."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from assistant.answers import Answer
from corpus.documents import IngestReport

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """One registry for each application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "bildungslotse_answers", "Answers", ["outcome", "mode"], registry=self.registry
        )
        self._retrieve = Histogram(
            "bildungslotse_retrieve_seconds",
            "Time to find passages",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answer = Histogram(
            "bildungslotse_answer_seconds",
            "Time to word an answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failures = Counter(
            "bildungslotse_failures", "Answers that failed", ["error"], registry=self.registry
        )
        self._requests = Histogram(
            "bildungslotse_request_seconds",
            "Requests",
            ["area", "status"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._ingested = Counter(
            "bildungslotse_ingested", "Files read", ["verdict"], registry=self.registry
        )
        self._generation = Gauge(
            "bildungslotse_index_generation", "Live generation", registry=self.registry
        )
        self._passages = Gauge(
            "bildungslotse_index_passages", "Passages in it", registry=self.registry
        )

    def answered(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.outcome, answer.mode).inc()
        self._retrieve.observe(answer.seconds_retrieve)
        self._answer.observe(answer.seconds_answer)

    def failed(self, error: Exception) -> None:
        """Count an answer that failed, by the kind of error alone."""
        self._failures.labels(type(error).__name__).inc()

    def requested(self, area: str, status: int, seconds: float) -> None:
        """Count a request to one part of the application."""
        self._requests.labels(area, str(status)).observe(seconds)

    def ingested(self, report: IngestReport) -> None:
        """Count what became of a file."""
        self._ingested.labels(report.verdict.value).inc()

    def index(self, generation: int, passages: int) -> None:
        """Note which generation is live."""
        self._generation.set(generation)
        self._passages.set(passages)

    def text(self) -> bytes:
        """Return everything in the form that Prometheus reads."""
        return generate_latest(self.registry)
