"""Make the database agree with the fixtures and the plan; say what had to be changed."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, Site

from portal.provisioning.changes import Changes
from portal.provisioning.inputs import AuthorityInput, InputError, Inputs, read_inputs
from portal.provisioning.languages import provide_languages
from portal.provisioning.money import provide_money
from portal.provisioning.rights import provide_rights, provide_workflow, remove_stock_groups
from sitepages.models import (
    ArticleIndexPage,
    Authority,
    Office,
    PortalHomePage,
    SectionMapPage,
    SectionPage,
    SiteSettings,
    SubportalHomePage,
    Tier,
    Topic,
)
from sitepages.search.rebuild import rebuild
from sitepages.text import vietnamese_slug
from sitepages.vocabulary import sections, words

#: Sections that are one page of a type of their own.
_ONE_PAGE: dict[str, type[Page]] = {"articles": ArticleIndexPage, "map": SectionMapPage}


class _DryRunError(Exception):
    """Ends a check: everything is rolled back."""


def provision(*, dry_run: bool = False) -> Changes:
    """Apply fixtures and plan in one transaction. ``dry_run`` finds the changes and writes nothing.

    Raises InputError when the fixtures cannot be used.
    """
    inputs = read_inputs(settings.PORTAL_FIXTURES, settings.PORTAL_HOST, settings.SUBPORTAL_HOST_PATTERN)
    changes = Changes()
    try:
        with transaction.atomic():
            _apply(inputs, changes)
            rebuild(missing=True, files=False)  # front pages, whose unit was not known when they were saved
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    except IntegrityError as error:
        raise InputError(
            [
                _(
                    "Two rows would share one name or address (%(error)s). Codes never change; "
                    "swap names in two steps."
                )
                % {"error": error}
            ]
        ) from None
    finally:
        Site.clear_site_root_paths_cache()
    return changes


def _apply(inputs: Inputs, changes: Changes) -> None:
    for tier in inputs.tiers:
        changes.agree(Tier, {"code": tier.code}, {"name": tier.name, "rank": tier.rank}, f"tier {tier.code}")
    _provide_topics(changes)
    _provide_authorities(inputs, changes)
    for entry in inputs.authorities:
        authority = Authority.objects.select_related("site", "collection").get(code=entry.code)
        _provide_site(inputs, entry, authority, changes)
        _provide_sections(authority, changes)
        _provide_collection(authority, changes)
    _remove_welcome_page(changes)
    _provide_offices(inputs, changes)
    provide_languages(settings.PORTAL_FIXTURES, changes)
    remove_stock_groups(changes)
    provide_rights(changes)
    provide_workflow(changes)
    provide_money(changes)


def _provide_topics(changes: Changes) -> None:
    """The topics of the vocabulary that are not there yet; those renamed here keep their name."""
    known = set(Topic.objects.values_list("slug", flat=True))
    for order, (code, word) in enumerate(words("topics").items(), start=1):
        if code not in known:
            changes.agree(Topic, {"slug": code}, {"name": word.name_vi, "order": order}, f"topic {code}")


def _provide_authorities(inputs: Inputs, changes: Changes) -> None:
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    for order, entry in enumerate(inputs.authorities):
        changes.agree(
            Authority,
            {"code": entry.code},
            {
                "name": entry.name,
                "full_name": entry.full_name,
                "kind": entry.kind,
                "tier": tiers[entry.tier],
                "valid_from": entry.valid_from,
                "valid_to": entry.valid_to,
                "order": order,
            },
            f"authority {entry.code}",
        )
    rows = {row.code: row for row in Authority.objects.select_related("parent", "successor")}
    for entry in inputs.authorities:  # links second: a body may name one further down the file
        links = {
            "parent": rows[entry.parent] if entry.parent else None,
            "successor": rows[entry.successor] if entry.successor else None,
        }
        changes.agree(Authority, {"code": entry.code}, links, f"links of authority {entry.code}")


def _provide_site(inputs: Inputs, entry: AuthorityInput, authority: Authority, changes: Changes) -> None:
    host = inputs.hostname(entry, settings.PORTAL_HOST, settings.SUBPORTAL_HOST_PATTERN)
    if authority.site is None:
        home = _new_home(entry)
        changes.add(f"+ front page of {entry.code}")
        stock = (
            Site.objects.filter(is_default_site=True, authority__isnull=True).first()
            if entry.parent is None
            else None
        )
        site = stock or Site(hostname=host, port=settings.PORTAL_PORT, root_page=home)
        site.root_page = home
    else:
        site = authority.site
    wanted = {
        "hostname": host,
        "port": settings.PORTAL_PORT,
        "site_name": f"Cổng thông tin điện tử {authority.display_name}",
        "is_default_site": entry.parent is None,
    }
    differing = [name for name, value in wanted.items() if getattr(site, name) != value]
    before = {name: getattr(site, name) for name in wanted}
    if differing or authority.site is None:
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
        detail = ", ".join(f"{name}: {before[name]} → {wanted[name]}" for name in differing)
        changes.add(f"~ site {host} ({detail})" if authority.site else f"+ site {host}")
    if authority.site_id != site.pk:
        authority.site = site
        authority.save(update_fields=["site"])
    if not SiteSettings.objects.filter(site=site).exists():
        SiteSettings.objects.create(
            site=site,
            organisation=entry.full_name,
            parent_organisation=entry.parent_organisation,
            owner=entry.full_name,
            main_colour=entry.main_colour,
            accent_colour=entry.accent_colour,
        )
        changes.add(f"+ portal texts of {entry.code}")


def _new_home(entry: AuthorityInput) -> Page:
    root = Page.get_first_root_node()
    model = SubportalHomePage if entry.parent else PortalHomePage
    return root.add_child(
        instance=model(
            title=f"Cổng thông tin điện tử {entry.display_name}", slug=entry.code, locale=root.locale
        )
    )


def _provide_sections(authority: Authority, changes: Changes) -> None:
    """The pages of all sections that the portal lacks; those that are there stay as they are."""
    home = authority.portal.root_page.specific
    there = set(SectionPage.objects.descendant_of(home).values_list("section", flat=True))
    there |= {kind for kind, model in _ONE_PAGE.items() if model.objects.child_of(home).exists()}
    slugs = set(home.get_children().values_list("slug", flat=True))
    for section in sections().values():
        if (section.code if section.kind == "section" else section.kind) in there:
            continue
        taken = section.slug in slugs
        slug = f"{section.slug}-{vietnamese_slug(section.code)}" if taken else section.slug
        model = _ONE_PAGE.get(section.kind, SectionPage)
        page = model(title=section.name_vi, slug=slug, show_in_menus=section.in_menu)
        if isinstance(page, SectionPage):
            page.section = section.code
        home.add_child(instance=page)
        changes.add(f"+ section {section.code} of {authority.code}")


def _provide_collection(authority: Authority, changes: Changes) -> None:
    if authority.collection is None:
        root = Collection.get_first_root_node()
        authority.collection = root.add_child(name=authority.display_name)
        authority.save(update_fields=["collection"])
        changes.add(f"+ collection of {authority.code}")


def _provide_offices(inputs: Inputs, changes: Changes) -> None:
    authorities = {row.code: row for row in Authority.objects.all()}
    for office in inputs.all_offices():
        changes.agree(
            Office,
            {"authority": authorities[office.authority], "code": office.code},
            office.model_dump(
                include={"short_name", "full_name", "group", "order", "valid_from", "valid_to"}
            ),
            f"office {office.authority}/{office.code}",
        )


def _remove_welcome_page(changes: Changes) -> None:
    """Wagtail's own first page, once no site leads to it."""
    for page in Page.objects.filter(depth=2, slug="home", sites_rooted_here__isnull=True):
        if page.specific_class is Page and page.is_leaf():
            page.delete()
            changes.add("- Wagtail's welcome page")
