"""What the people and programs that run the service look at: `/healthz`, `/readyz`, `/metrics`."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from assistant.access.gate import identity_of, problem
from assistant.access.identity import Role
from assistant.metrics import CONTENT_TYPE, Metrics
from assistant.page.shell import NO_STORE
from assistant.warmup import Warmup
from corpus.errors import UserFacingError


def add_operations(app: FastAPI, warmup: Warmup, metrics: Metrics) -> None:
    """Add the three routes; the first two tell nothing but one word and are open to anyone."""

    @app.get("/healthz")
    def health() -> JSONResponse:
        status = warmup.status
        return JSONResponse(
            {"status": status}, status_code=503 if status == "failed" else 200, headers=NO_STORE
        )

    @app.get("/readyz")
    def ready() -> JSONResponse:
        is_ready = warmup.status == "ready" and _can_read(warmup)
        return JSONResponse(
            {"ready": is_ready}, status_code=200 if is_ready else 503, headers=NO_STORE
        )

    @app.get("/metrics")
    def numbers(request: Request) -> Response:
        if identity_of(request).role < Role.ADMINISTRATOR:
            return problem(
                403, "Das sehen nur Administratorinnen und Administratoren.", "Anders anmelden."
            )
        if warmup.loaded is not None and _can_read(warmup):
            manifest = warmup.loaded.manifest
            metrics.index(manifest.generation, manifest.passages)
        return Response(metrics.text(), media_type=CONTENT_TYPE, headers=NO_STORE)


def _can_read(warmup: Warmup) -> bool:
    """Whether the live generation can be read right now."""
    try:
        return warmup.loaded is not None and warmup.loaded.manifest.passages > 0
    except UserFacingError:
        return False
