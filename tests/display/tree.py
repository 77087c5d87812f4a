# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would meet on the page that is shown, and what Tab reaches"""

import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# What can be acted on, and must say what it is
ACTED_ON = {'button', 'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'entry', 'text',
            'password text', 'slider', 'spin button', 'switch', 'menu item', 'list item', 'table cell', 'page tab',
            'link'}
PICTURES = {'image', 'icon'}


def described(node):
    if node.get_name() or node.get_description():
        return True
    for relation in node.get_relation_set():
        if relation.get_relation_type() in (Atspi.RelationType.LABELLED_BY, Atspi.RelationType.DESCRIBED_BY):
            return True
    return False


def trail(node):
    names = []
    while node and len(names) < 8:
        names.append(f'{node.get_role_name()} “{node.get_name() or ""}”')
        node = node.get_parent()
    return ' < '.join(names)


def walk_page(app):
    """Fails with every control that has no name and every picture that has no description"""
    nameless = []
    for node in app.walk():
        try:
            if app.showing(node) and node.get_role_name() in ACTED_ON | PICTURES and not described(node):
                nameless.append(trail(node))
        except GLib.Error:  # gone while it was read
            continue
    assert not nameless, 'without a name:\n' + '\n'.join(nameless)


def focused(app):
    for node in app.walk():
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED) and app.showing(node):
                return node
        except GLib.Error:
            continue
    return None


def reached_by_tab(app):
    """Fails with every button and entry that neither Tab nor, within a list or a group, an arrow reaches"""
    wanted = {}
    for node in app.walk():
        try:
            states = node.get_state_set()
            if (app.showing(node) and node.get_role_name() in ('button', 'entry', 'text', 'toggle button', 'check box')
                    and states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.SENSITIVE)):
                wanted[node.path] = node
        except GLib.Error:
            continue
    seen = set()
    order = []
    for _ in range(160):
        app.key('Tab')
        node = focused(app)
        if node is None:
            continue
        if node.path in seen and node.path == order[0]:
            break
        if node.path not in seen:
            order.append(node.path)
        seen.add(node.path)
        if not set(wanted) - seen:
            return
        # Lists and groups are one stop for Tab; arrows go on within
        if len(set(wanted) - seen) < 12:
            time.sleep(0.01)
    missed = [node for path, node in wanted.items() if path not in seen and not within_reached(node, seen)]
    assert not missed, 'not reached:\n' + '\n'.join(trail(node) for node in missed)


def within_reached(node, seen):
    """In a row of a list or a group of buttons another member of which Tab did reach: arrows reach this one"""
    parent = node.get_parent()
    for _ in range(7):
        if parent is None:
            return False
        if parent.get_role_name() in ('list', 'table', 'tool bar', 'radio group', 'list box'):
            return True
        if parent.path in seen:
            return True
        parent = parent.get_parent()
    return False
