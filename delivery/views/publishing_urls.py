"""The publishing pack's addresses; included by ``delivery.urls``."""

from django.urls import path

from delivery.views import publishing

_PACK = "desk/batches/<int:batch_id>/publish/<int:compound_id>/"

urlpatterns = [
    path(
        "desk/batches/<int:batch_id>/publish/",
        publishing.packs,
        name="publishing-packs",
    ),
    path(_PACK, publishing.publishing_pack, name="publishing-pack"),
    path(f"{_PACK}code.png", publishing.code_png, name="publishing-code-png"),
    path(f"{_PACK}code.svg", publishing.code_svg, name="publishing-code-svg"),
    path(f"{_PACK}notice.pdf", publishing.notice_pdf, name="publishing-notice"),
]
