# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window from which the files given as addresses can be dragged"""

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

addresses = '\r\n'.join(sys.argv[1:]) + '\r\n'


def activate(app):
    window = Gtk.ApplicationWindow(application=app, title='DragSource', default_width=120, default_height=80,
                                   decorated=False)
    label = Gtk.Label(label='DRAG ME', hexpand=True, vexpand=True)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', lambda *_: Gdk.ContentProvider.new_for_bytes(
        'text/uri-list', GLib.Bytes.new(addresses.encode())))
    label.add_controller(source)
    window.set_child(label)
    window.present()


application = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
application.connect('activate', activate)
application.run([])
