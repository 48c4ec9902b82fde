from django.urls import path

from groupbuy.community.views import places, prove, second_factor, session

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("desk/second-factor/", second_factor.second_factor, name="second-factor"),
    path(
        "desk/second-factor/recovery/",
        second_factor.recovery_codes,
        name="recovery-codes",
    ),
    path("desk/second-factor/lost/", second_factor.phone_lost, name="phone-lost"),
    path("desk/prove-again/", prove.prove_again, name="prove-again"),
    path("desk/", session.desk, name="desk"),
    path("desk/places/", places.places, name="places"),
    path("desk/places/import/", places.bring_in, name="places-import"),
    path("desk/places/sample/<slug:kind>.csv", places.sample, name="places-sample"),
    path("desk/places/<int:committee_id>/", places.committee, name="places-committee"),
]
