"""Rules on legal marks, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule
from glossary.checks.marks import (
    added_mark,
    changed_place,
    changed_status,
    dated_list,
    dropped_mark,
    first_mention_unmarked,
    joint_mark_scope,
    mark_agreement,
    mark_wording,
    marked_under_one_name,
    moved_mark,
    orphan_sign,
    unwanted_mark,
)

RULES: tuple[Rule, ...] = (
    dropped_mark.RULE,
    added_mark.RULE,
    moved_mark.RULE,
    changed_status.RULE,
    changed_place.RULE,
    first_mention_unmarked.RULE,
    marked_under_one_name.RULE,
    mark_wording.RULE,
    joint_mark_scope.RULE,
    orphan_sign.RULE,
    mark_agreement.RULE,
    dated_list.RULE,
    unwanted_mark.RULE,
)
