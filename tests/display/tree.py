# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would meet on the page that is shown, and what Tab reaches"""

import gettext
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from ui import GONE

# What can be acted on, and must say what it is
ACTED_ON = {'button', 'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'entry', 'text',
            'password text', 'slider', 'spin button', 'switch', 'menu item', 'list item', 'table cell', 'page tab',
            'link'}
PICTURES = {'image', 'icon'}
# What Tab has to come by
CONTROLS = {'button', 'push button', 'toggle button', 'check box', 'combo box', 'entry', 'text', 'link'}
USABLE = (Atspi.StateType.SHOWING, Atspi.StateType.VISIBLE, Atspi.StateType.FOCUSABLE, Atspi.StateType.SENSITIVE)


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


class Focus:
    """Follows the keyboard focus by what the program tells a screen reader"""

    def __init__(self, app):
        self.app = app
        self.pid = app.process.pid
        self.node = None
        self.listener = Atspi.EventListener.new(self._changed)
        self.listener.register('object:state-changed:focused')

    def _changed(self, event):
        if event.detail1 and event.source and event.source.get_process_id() == self.pid:
            self.node = event.source

    def after(self, key, wait=0.4):
        """What has the focus after a key; None where it did not move"""
        self.drain()
        self.node = None
        self.app.key(key)
        context = GLib.MainContext.default()
        end = time.monotonic() + wait
        while self.node is None and time.monotonic() < end:
            if not context.iteration(False):
                time.sleep(0.002)
        self.drain()
        return self.node

    @staticmethod
    def drain():
        while GLib.MainContext.default().iteration(False):
            pass

    def stop(self):
        self.listener.deregister('object:state-changed:focused')


def window_buttons(language):
    """GTK keeps these out of the Tab chain on purpose: the window manager has keys of its own for them"""
    words = gettext.translation('gtk40', '/usr/share/locale', [language], fallback=True)
    return {words.gettext(word) for word in ('Minimize', 'Maximize', 'Restore', 'Close')}


def controls(app, language, but=()):
    """Every control that is shown and can be used, by its path"""
    found = {}
    left_out = window_buttons(language) | set(but)
    for node in app.walk():
        try:
            if node.get_role_name() not in CONTROLS or node.get_name() in left_out:
                continue
            states = node.get_state_set()
            if all(states.contains(state) for state in USABLE):
                found[node.path] = node
        except GLib.Error:  # gone while it was read
            continue
    return found


def stand_for(node):
    """A focused node's own path, and those of what it is the inside of: a menu button's button, an entry's text"""
    paths = {node.path}
    for _ in range(2):
        parent = node.get_parent()
        if parent is None or parent.get_role_name() not in CONTROLS:
            break
        paths.add(parent.path)
        node = parent
    return paths


def go_round(focus, key, seen, missing, most):
    """Until the focus is where it was before, or stays"""
    passed = set()
    still = 0
    for _ in range(most):
        node = focus.after(key)
        still = still + 1 if node is None else 0
        if still == 3 or not missing:
            return
        if node is None:
            continue
        missing -= stand_for(node)
        if node.path in passed:
            return
        passed.add(node.path)
        seen.add(node.path)


def reached_by_tab(app, language='en', most=400, but=()):
    """Presses Tab until it comes round, then back; fails with every control that it did not come by

    but: names of what the focus itself may switch off on its way"""
    wanted = controls(app, language, but)
    missing = set(wanted)
    focus = Focus(app)
    seen = set()
    still = 0
    try:
        # A list is entered at the row that was last in use: the other way round reaches those before it
        for key in ('Tab', 'shift+Tab'):
            if missing:
                go_round(focus, key, seen, missing, most)
    finally:
        focus.stop()
    assert seen, 'Tab moved nothing'
    missed = [wanted[path] for path in missing if not is_beside(wanted[path], seen)]
    assert not missed, f'of {len(wanted)} not reached:\n' + '\n'.join(trail(node) for node in missed)


def is_beside(node, seen):
    """In a group that is one stop for Tab: arrows go on from the member that was reached"""
    try:
        parent = node.get_parent()
        for _ in range(2):
            if parent is None:
                return False
            if parent.path in seen:
                return True
            if parent.get_role_name() in ('tool bar', 'radio group', 'page tab list'):
                return True
            parent = parent.get_parent()
    except GONE:
        # Not there any more: nothing to reach
        return True
    return False


def has_focus_within(app, beside_sidebar):
    """Fails unless something in the page has the focus, not the list of pages, which comes first"""
    pages = app.all('list')[0].path if beside_sidebar else None
    for node in app.walk():
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED) and app.showing(node):
                assert node.get_parent().path != pages, 'the focus is still at ' + trail(node)
                return
        except GLib.Error:
            continue
    raise AssertionError('nothing has the focus')
