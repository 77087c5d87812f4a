#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that each rule of lint.py goes red: a small tree with one fault each."""

import os
import tempfile

import lint
from lint_tap import report

GOOD = {
    'src/base/meson.build': "base_lib = static_library('cs-base', dependencies: [glib_dep])\n",
    'src/base/cs-base.h': '/* SPDX-License-Identifier: GPL-3.0-or-later */\n',
    'src/base/cs-base.c': '/* SPDX-License-Identifier: GPL-3.0-or-later */\n#include "cs-base.h"\n',
    'src/net/meson.build': "net_lib = static_library('cs-net', dependencies: [base_dep, soup_dep])\n",
    'src/net/cs-net.h': '/* SPDX-License-Identifier: GPL-3.0-or-later */\n',
    'src/app/meson.build': "app_lib = static_library('cs-app', dependencies: [base_dep, desk_dep])\n",
    'src/app/cs-page.c': '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
                         '/* strcpy () in a comment, and "sprintf (x)" */\n'
                         'const char *text = N_("strcpy (a, b)");\n',
    'po/POTFILES.in': 'src/app/cs-page.c\n',
}
HEAD = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'

# rule, file, its faulty content
FAULTS = (
    (lint.licence, 'src/base/cs-other.c', 'int x;\n'),
    (lint.banned_calls, 'src/base/cs-other.c', HEAD + 'void f (void) { strcpy (a, b); }\n'),
    (lint.banned_calls, 'src/base/cs-other.c', HEAD + 'int f (void) { return atoi (b); }\n'),
    (lint.places, 'src/base/cs-other.c', HEAD + '#include <sqlite3.h>\n'),
    (lint.places, 'src/app/cs-other.c', HEAD + 'void f (void) { soup_session_send (s); }\n'),
    (lint.places, 'src/base/cs-other.c', HEAD + '#include <gtk/gtk.h>\n'),
    (lint.places, 'src/app/cs-other.c', HEAD + '#include <gdk-pixbuf/gdk-pixbuf.h>\n'),
    (lint.function_length, 'src/base/cs-other.c', HEAD + 'void\nf (void)\n{\n' + '  g ();\n' * 81 + '}\n'),
    (lint.file_length, 'src/base/cs-other.c', HEAD + '\n' * 801),
    (lint.layers, 'src/base/meson.build', "base_lib = static_library('cs-base', dependencies: [net_dep])\n"),
    (lint.layers, 'src/attic/cs-other.c', HEAD),
    (lint.include_direction, 'src/app/cs-other.c', HEAD + '#include "cs-net.h"\n'),
    (lint.include_direction, 'src/net/cs-other.c', HEAD + '#include "../base/cs-base.h"\n'),
    (lint.translations, 'src/app/cs-other.c', HEAD + 'const char *t = _("Hello");\n'),
    (lint.translations, 'po/POTFILES.in', 'src/app/cs-gone.c\nsrc/app/cs-page.c\n'),
    (lint.translations, 'po/POTFILES.in', 'src/app/cs-page.c\nsrc/base/cs-base.c\n'),
    (lint.whole_strings, 'src/app/cs-other.c', HEAD + 'f (_("Left: %" G_GINT64_FORMAT), n);\n'),
    (lint.one_who_signs, 'src/net/cs-other.c', HEAD + 'void f (void) { cs_desk_approve (d, x, "window"); }\n'),
    (lint.one_who_signs, 'src/desk/cs-desk.h', HEAD + 'DexFuture *cs_desk_approve_all (CsDesk *self);\n'),
    (lint.left_over, 'src/base/cs-other.c', HEAD + '/* TODO: the rest */\n'),
    (lint.addresses, 'src/base/cs-other.c', HEAD + 'const char *a = "http://192.168.1.20/";\n'),
    (lint.blueprints, 'ui/cs-nobody.blp', '// SPDX-License-Identifier: GPL-3.0-or-later\n'),
    (lint.no_markup, 'ui/cs-page.blp', 'Adw.ActionRow {\n  title: bind template.name;\n  Gtk.Label { use-markup: false; }\n}\n'),
    (lint.no_markup, 'ui/cs-page.blp', 'Adw.Banner {\n  title: bind template.trouble;\n}\n'),
    (lint.no_markup, 'src/app/cs-other.c', HEAD + 'void f (void) { adw_toast_new (text); }\n'),
    (lint.no_markup, 'src/app/cs-other.c', HEAD + 'void f (void) { adw_action_row_set_subtitle (row, error->message); }\n'),
)


def complaints(rule, files):
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(name)), exist_ok=True)
            with open(os.path.join(root, name), 'w', encoding='utf-8') as file:
                file.write(text)
        return rule(lint.Tree(root))


def cases():
    for _, rule in lint.RULES:
        yield f'{rule.__name__} passes a good tree', complaints(rule, GOOD)
    for rule, name, text in FAULTS:
        found = complaints(rule, GOOD | {name: text})
        yield f'{rule.__name__} sees a fault in {name}', [] if found else ['nothing was seen']
    several = {f'src/app/cs-{n}.c': HEAD + 'void f (void) { cs_desk_approve (d, x, "window"); }\n' for n in 'ab'}
    yield 'one_who_signs sees two files', [] if complaints(lint.one_who_signs, GOOD | several) else ['nothing was seen']


report(cases())
