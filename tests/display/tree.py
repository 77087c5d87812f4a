# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would meet on the page that is shown"""

from gi.repository import Atspi

# What can be acted on, and must say what it is
ACTED_ON = {'button', 'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'entry', 'text',
            'password text', 'slider', 'spin button', 'switch', 'menu item', 'list item', 'table cell', 'page tab',
            'link', 'scroll bar thumb'}
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
            if not app.showing(node):
                continue
            role = node.get_role_name()
            if role in ACTED_ON and not described(node):
                nameless.append(trail(node))
            elif role in PICTURES and not described(node):
                nameless.append(trail(node))
        except Exception:  # noqa: BLE001: gone while it was read
            continue
    assert not nameless, 'without a name:\n' + '\n'.join(nameless)
