"""The application: every room's routes behind one door."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import tilik.exchange.events  # noqa: F401  (past figures fold every event)
from tilik import __version__
from tilik.access import MediaLinks
from tilik.access.account_routes import router as account_routes
from tilik.access.oidc import Provider
from tilik.access.people_routes import router as people_routes
from tilik.access.proxy import Peer
from tilik.access.routes import router as access_routes
from tilik.access.settings import access_settings
from tilik.access.totp import Seal
from tilik.answers.gold.routes import router as answer_gold_routes
from tilik.answers.routes import router as answers_routes
from tilik.api.doors import refuse_open_doors
from tilik.api.media import router as media_routes
from tilik.api.pages import add_pages
from tilik.api.problems import add_problems
from tilik.api.security import Security
from tilik.api.trail import router as trail_routes
from tilik.casebook.gap_routes import router as gap_routes
from tilik.casebook.routes import router as casebook_routes
from tilik.exchange.raters.routes import router as raters_routes
from tilik.exchange.webhooks.routes import router as webhook_routes
from tilik.learn.doubt_routes import router as doubt_routes
from tilik.learn.next_routes import router as next_routes
from tilik.learn.routes import router as learn_routes
from tilik.learn.training_routes import router as training_routes
from tilik.library.routes import router as library_routes
from tilik.measure.routes import router as measure_routes
from tilik.policy.draft_routes import router as draft_routes
from tilik.policy.routes import router as policy_routes
from tilik.quality.adjudication.routes import router as adjudication_routes
from tilik.quality.calibration.routes import router as calibration_routes
from tilik.quality.certification.routes import router as certification_routes
from tilik.quality.gold.routes import router as gold_routes
from tilik.quality.people.routes import router as quality_people_routes
from tilik.retention.routes import router as retention_routes
from tilik.review.practice_routes import router as practice_routes
from tilik.review.routes import router as review_routes
from tilik.review.testing_routes import router as testing_routes
from tilik.safety.routes import router as safety_routes
from tilik.store import Workspace, web_folder
from tilik.study.routes import router as study_routes
from tilik.talk.routes import router as talk_routes

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]", "testserver")

ROUTERS = (
    access_routes,
    account_routes,
    people_routes,
    study_routes,
    review_routes,
    practice_routes,
    testing_routes,
    certification_routes,
    calibration_routes,
    gold_routes,
    adjudication_routes,
    quality_people_routes,
    answers_routes,
    answer_gold_routes,
    casebook_routes,
    gap_routes,
    measure_routes,
    policy_routes,
    library_routes,
    learn_routes,
    training_routes,
    doubt_routes,
    next_routes,
    safety_routes,
    retention_routes,
    draft_routes,
    media_routes,
    trail_routes,
    raters_routes,
    webhook_routes,
    talk_routes,
)


def create_app(workspace: Workspace, *, hosts: tuple[str, ...] = LOCAL_HOSTS) -> FastAPI:
    """The application over a workspace. ``hosts`` are the names it answers to; others are refused,
    so that no foreign page can reach a local server by a name of its own."""
    app = _app()
    app.state.workspace = workspace
    app.state.media_links = MediaLinks(workspace.secret, clock=workspace.store.clock)
    app.state.access = settings = access_settings(workspace)
    app.state.seal = Seal(workspace.secret)
    app.state.provider = Provider(settings.oidc, workspace.store.clock) if settings.oidc else None
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.forwarded_from))
    app.add_middleware(Peer)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(Security)  # the outermost, so that a refusal has its headers too
    add_problems(app)
    folder = web_folder()
    if folder is not None:
        add_pages(app, folder)
    return app


def openapi() -> dict[str, Any]:
    """The OpenAPI description of every route: what the web app's types are generated from."""
    return _app().openapi()


def _app() -> FastAPI:
    app = FastAPI(
        title="Tilik",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    for router in ROUTERS:
        refuse_open_doors(router)
        app.include_router(router)
    return app
