"""Packages, their contents from version to version, and copies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.packages import (
    add_package,
    copy_package,
    new_version,
    save_package,
)
from catalog.forms.packages import CopyForm, NewPackageForm, PackageForm, VersionForm
from catalog.queries.supply import package_rows, versions_of
from catalog.queries.visible import packages_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, town_staff_only


@town_staff_only
def packages(request: StaffRequest) -> HttpResponse:
    rows = package_rows(request.user)
    return render(request, "supply/packages.html", {"rows": rows})


@town_staff_only
def new_package(request: StaffRequest) -> HttpResponse:
    initial = {"supplier": request.GET.get("supplier", "")}
    form = NewPackageForm(request.POST or None, user=request.user, initial=initial)

    def save() -> None:
        items, by = form.cleaned_data["items"], staff(request.user)
        add_package(form.instance, form.version, items=items, by=by, now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        return redirect("package", form.instance.pk)
    status = 422 if form.errors else 200
    return render(request, "supply/package_new.html", {"form": form}, status=status)


@town_staff_only
def package(request: StaffRequest, package_id: int) -> HttpResponse:
    """One package: its name, what is in it now, where it is offered, older versions."""
    shown = get_object_or_404(packages_of(request.user), pk=package_id)
    form = PackageForm(request.POST or None, instance=shown)

    def save() -> None:
        save_package(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        messages.success(request, _("Saved."))
        return redirect("package", shown.pk)
    return page(request, package_id, form=form)


@town_staff_only
@require_POST
def version(request: StaffRequest, package_id: int) -> HttpResponse:
    """New contents, for the next batch."""
    shown = get_object_or_404(packages_of(request.user), pk=package_id)
    form = VersionForm(request.POST)

    def save() -> None:
        items, by = form.cleaned_data["items"], staff(request.user)
        new_version(shown, form.version, items=items, by=by, now=timezone.now())

    if accepted(form, save):
        messages.success(request, _("Saved. New contents hold from the next batch on."))
        return redirect("package", shown.pk)
    return page(request, package_id, version_form=form)


@town_staff_only
@require_POST
def copy(request: StaffRequest, package_id: int) -> HttpResponse:
    shown = get_object_or_404(packages_of(request.user), pk=package_id)
    form = CopyForm(request.POST)
    made = []

    def save() -> None:
        name, by = form.cleaned_data["name"], staff(request.user)
        made.append(copy_package(shown, name=name, by=by, now=timezone.now()))

    if accepted(form, save):
        messages.success(request, _("This is the copy."))
        return redirect("package", made[0].pk)
    return page(request, package_id, copy_form=form)


def page(
    request: StaffRequest,
    package_id: int,
    *,
    form: PackageForm | None = None,
    version_form: VersionForm | None = None,
    copy_form: CopyForm | None = None,
) -> HttpResponse:
    """The package's page; a refused form stands on it as it was typed (422)."""
    row = package_rows(request.user, only=package_id)[0]
    wrong = [f for f in (form, version_form, copy_form) if f is not None and f.errors]
    name = _("%(name)s (copy)") % {"name": row.package.name}
    initial = VersionForm.of(row.version)
    context = {
        "row": row,
        "package": row.package,
        "form": form or PackageForm(instance=row.package),
        "version_form": version_form or VersionForm(initial=initial),
        "copy_form": copy_form or CopyForm(initial={"name": name}),
        "versions": versions_of(row.package),
    }
    status = 422 if wrong else 200
    return render(request, "supply/package.html", context, status=status)
