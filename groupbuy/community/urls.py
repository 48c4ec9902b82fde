from django.urls import path

from groupbuy.community.views import session

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("desk/", session.desk, name="desk"),
]
