#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what clang-format and the compiler cannot: lint.py SOURCE-FOLDER

Each rule is a function from a Tree to a list of complaints ("file:line: what,
and what to do instead"). lint_test.py shows that each can go red.
"""

import os
import re
import sys

from lint_tap import report

CODE = ('.c', '.h')
SCRIPTS = ('.py', '.sh')
LEAVE_OUT = {'.git', '.ccache', '__pycache__'}

# What a folder of src may stand on, lowest first. Its meson.build says what it
# does stand on; that must be among what is allowed here.
MAY_INCLUDE = {
    'base': set(),
    'model': {'base'},
    'image': {'base'},
    'net': {'base'},
    'store': {'base', 'model'},
    'intake': {'base', 'model', 'image'},
    'engines': {'base', 'model', 'net', 'image'},
    'channels': {'base', 'model', 'net'},
    'sync': {'base', 'model', 'store', 'channels'},
    'desk': {'base', 'model', 'image', 'net', 'store', 'intake', 'engines', 'channels', 'sync'},
    'cli': {'base', 'model', 'desk'},
    'app': {'base', 'model', 'desk'},
}

BANNED = {
    'strcpy': 'g_strlcpy or g_strdup', 'strcat': 'GString', 'strncpy': 'g_strlcpy',
    'strncat': 'GString', 'sprintf': 'g_strdup_printf', 'vsprintf': 'g_strdup_vprintf',
    'strtok': 'g_strsplit', 'strdup': 'g_strdup', 'strerror': 'g_strerror',
    'gets': 'g_data_input_stream_read_line', 'scanf': 'a parser that says what is wrong',
    'atoi': 'g_ascii_string_to_signed', 'atol': 'g_ascii_string_to_signed',
    'atoll': 'g_ascii_string_to_signed', 'atof': 'g_ascii_strtod',
    'strtol': 'g_ascii_string_to_signed', 'strtod': 'g_ascii_strtod (not of the locale)',
    'system': 'GSubprocess', 'popen': 'GSubprocess', 'g_spawn_command_line_sync': 'GSubprocess',
    'g_spawn_command_line_async': 'GSubprocess',
    'malloc': 'g_malloc or g_new', 'calloc': 'g_new0', 'realloc': 'g_renew',
    'alloca': 'g_newa only where the size is known; else the heap', 'g_alloca': 'the heap',
    'mktemp': 'g_mkstemp', 'tmpnam': 'g_mkstemp', 'tempnam': 'g_mkstemp',
    'rand': 'g_random_int', 'random': 'g_random_int', 'localtime': 'GDateTime', 'gmtime': 'GDateTime',
    'ctime': 'GDateTime', 'asctime': 'GDateTime',
    'g_task_new': 'a fiber (cs_fiber_spawn)', 'gets_s': 'GInputStream',
    'gtk_dialog_new': 'AdwDialog', 'gtk_message_dialog_new': 'AdwAlertDialog',
}

# (pattern in a line of code, the folders of src that may have it, what to do)
PLACES = (
    (r'#\s*include\s*<sqlite3\.h>|\bsqlite3_\w+\s*\(', {'store'}, 'SQL stands in src/store only'),
    (r'\b(SoupSession|soup_session_\w+)\b', {'net'}, 'nobody but src/net sends'),
    (r'#\s*include\s*<libsoup/', {'net', 'channels'}, 'only src/net, and the practice shop in src/channels, speak HTTP'),
    (r'\bg_socket_client_\w+\s*\(|\bg_socket_connect\s*\(|(?<![\w.>])connect\s*\(', {'net'}, 'nobody but src/net sends'),
    (r'#\s*include\s*<(gtk/|gdk/|gsk/|adwaita)', {'app'}, 'no GTK below src/app'),
    (r'#\s*include\s*<(gdk-pixbuf/|vips/|jpeglib|lcms2|gexiv2/|tiff|webp/|libheif)', {'image'}, 'pictures are read in src/image only'),
    (r'#\s*include\s*<(libsecret/)', {'net'}, 'secrets are for src/net only'),
)

LEFT_OVER = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b|\bfor now\b|\bstub(s|bed)?\b|\bnot (yet )?implemented\b|\bunimplemented\b|\bdummy\b')

# Addresses that only mean something on the machine of whoever wrote them, and
# package sources, which ./run takes from the machine's own package manager. The
# brackets keep these lines from being what they look for.
PRIVATE = re.compile(r'\b(10\.\d{1,3}|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b')
ADDRESS = re.compile(
    r'\b(deb|security|ftp|snapshot|archive|cdn-aws\.deb)(\.[a-z]{2})?\.(debian|ubuntu)\.(org|com)\b'
    r'|\b(pyp[i]\.org|files\.pythonhoste[d]\.org|registry\.npmj[s]\.org|crate[s]\.io|proxy\.golan[g]\.org)\b'
    r'|\b(artifactory|nexus|mirror|mirrors|registry)\.[a-z0-9-]+\.[a-z]{2,}\b'
    r'|(?<![\w.])/wor[k]/|(?<![\w.])/roo[t]/')

STRINGS = re.compile(r'(?<![\w])(N?C?_|g?ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*[\'"]')


class Tree:
    def __init__(self, root):
        self.root = root
        self.files = []
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(f for f in folders if f not in LEAVE_OUT
                                and not f.startswith('build') and f != '_build')
            self.files += sorted(os.path.relpath(os.path.join(folder, name), root) for name in names)
        self.texts = {}

    def text(self, name):
        if name not in self.texts:
            with open(os.path.join(self.root, name), encoding='utf-8', errors='replace') as file:
                self.texts[name] = file.read()
        return self.texts[name]

    def code(self, name):
        """A C file's lines with comments and the insides of strings blanked out"""
        return blank(self.text(name)).split('\n')

    def ending(self, endings, under=''):
        return [name for name in self.files if name.endswith(endings) and name.startswith(under)]

    def scripts(self):
        return self.ending(SCRIPTS) + [name for name in ('run', '.ci/run') if name in self.files]


def blank(text):
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def space(match):
        found = match[0]
        if found[0] == '"':
            # An include's name and a translated string stay visible as strings
            return '"' + ' ' * (len(found) - 2) + '"'
        return re.sub(r'[^\n]', ' ', found)

    return pattern.sub(space, text)


def folder_of(name):
    parts = name.split('/')
    return parts[1] if parts[0] == 'src' and len(parts) > 2 else None


def licence(tree):
    names = tree.ending(CODE + ('.blp', '.css', '.svg', '.pov', '.inc', '.yml')) + tree.scripts()
    return [f'{name}: no SPDX-License-Identifier in its first lines'
            for name in names
            if 'SPDX-License-Identifier:' not in '\n'.join(tree.text(name).split('\n')[:4])]


def banned_calls(tree):
    call = re.compile(r'(?<![\w.>])(' + '|'.join(BANNED) + r')\s*\(')
    return [f'{name}:{number}: {match[1]}: use {BANNED[match[1]]}'
            for name in tree.ending(CODE)
            for number, line in enumerate(tree.code(name), 1)
            for match in call.finditer(line)
            # A test may run a program and wait for it, and knows its own numbers
            if not (name.startswith('tests/') and match[1].startswith(('g_spawn_', 'ato')))]


def places(tree):
    found = []
    for name in tree.ending(CODE, 'src/'):
        raw = tree.text(name).split('\n')
        for number, line in enumerate(tree.code(name), 1):
            for pattern, folders, advice in PLACES:
                # <…> of an include is not a string, so both forms are seen
                if re.search(pattern, line) and folder_of(name) not in folders:
                    found.append(f'{name}:{number}: {raw[number - 1].strip()}: {advice}')
    return found


def function_length(tree):
    found = []
    for name in tree.ending('.c'):
        start = None
        for number, line in enumerate(tree.code(name), 1):
            if line.rstrip() == '{':
                start = number
            elif line.startswith('}') and start is not None:
                if line.rstrip() == '}' and number - start - 1 > 80:
                    found.append(f'{name}:{start}: a body of {number - start - 1} lines; 80 at most, 40 is better')
                start = None
    return found


def file_length(tree):
    return [f'{name}: {tree.text(name).count(chr(10))} lines; split it by purpose, 800 at most'
            for name in tree.ending(CODE + ('.blp', '.py'))
            if tree.text(name).count('\n') > 800]


def stands_on(tree, folder):
    """The folders that a folder's own library names in its dependencies"""
    path = f'src/{folder}/meson.build'
    if path not in tree.files:
        return None
    found = set()
    for match in re.finditer(r'dependencies:\s*\[(.*?)\]', tree.text(path), re.S):
        found |= {dep for dep in re.findall(r'\b(\w+)_dep\b', match[1]) if dep in MAY_INCLUDE}
    return found - {folder}


def layers(tree):
    found = []
    for folder in sorted({folder_of(name) for name in tree.files} - {None}):
        if folder not in MAY_INCLUDE:
            found.append(f'src/{folder}: in no layer; name it in lint.py and in the design')
            continue
        named = stands_on(tree, folder)
        if named is None:
            found.append(f'src/{folder}: has no meson.build')
            continue
        for dep in sorted(named - MAY_INCLUDE[folder]):
            found.append(f'src/{folder}/meson.build: {dep}_dep: not a lower layer')
    return found


def include_direction(tree):
    found = []
    owner = {}
    for name in tree.ending('.h', 'src/'):
        owner[os.path.basename(name)] = folder_of(name)
    for name in tree.ending(CODE, 'src/'):
        folder = folder_of(name)
        allowed = (stands_on(tree, folder) or set()) | {folder}
        for number, line in enumerate(tree.text(name).split('\n'), 1):
            match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not match or match[1] == 'config.h':
                continue
            if '/' in match[1]:
                found.append(f'{name}:{number}: {match[1]}: headers are included by their name alone')
            elif match[1] in owner and owner[match[1]] not in allowed:
                found.append(f'{name}:{number}: {match[1]} is of src/{owner[match[1]]}, which src/{folder} does not stand on')
    return found


def translations(tree):
    if 'po/POTFILES.in' not in tree.files:
        return ['po/POTFILES.in: missing']
    listed = [line for line in tree.text('po/POTFILES.in').split('\n') if line and line[0] != '#']
    has = set()
    for name in tree.ending(CODE + ('.blp',)):
        if name.startswith(('src/', 'ui/', 'data/')) and STRINGS.search(strip_comments(tree.text(name))):
            has.add(name)
    has |= {name for name in tree.ending(('.desktop.in', '.metainfo.xml.in'), 'data/')}
    found = [f'{name}: has strings to translate, but is not in po/POTFILES.in' for name in sorted(has - set(listed))]
    for name in listed:
        if name not in tree.files:
            found.append(f'po/POTFILES.in: {name}: no such file')
        elif name not in has:
            found.append(f'po/POTFILES.in: {name}: has nothing to translate')
    if listed != sorted(listed):
        found.append('po/POTFILES.in: not sorted')
    return found


def whole_strings(tree):
    """xgettext sees no further than a macro, so such a text would never be translated"""
    pattern = re.compile(r'(?<!\w)(?:N?C?_|ngettext)\s*\([^;]*?"\s*(G_G\w+_(?:FORMAT|MODIFIER)|PRI\w+)')
    return [f'{name}:{number}: {match[1]} within a text to translate: format the number on its own, and put it in with %s'
            for name in tree.ending('.c', 'src/')
            for number, line in enumerate(strip_comments(tree.text(name)).split('\n'), 1)
            for match in pattern.finditer(line)]


def strip_comments(text):
    return re.sub(r'/\*.*?\*/|^\s*//[^\n]*', lambda match: re.sub(r'[^\n]', ' ', match[0]), text, flags=re.S | re.M)


def one_who_signs(tree):
    """Approving has two callers: the window's button and the terminal's typed answer"""
    callers = {}
    for name in tree.ending('.c', 'src/'):
        folder = folder_of(name)
        for number, line in enumerate(tree.code(name), 1):
            if re.search(r'\bcs_desk_approve\s*\(', line) and folder != 'desk':
                callers.setdefault(folder, []).append((name, number))
    found = []
    for folder, places_ in sorted(callers.items()):
        if folder not in ('app', 'cli'):
            found += [f'{name}:{number}: cs_desk_approve: only a person’s click or typed answer approves' for name, number in places_]
        elif len({name for name, _ in places_}) > 1:
            found += [f'{name}:{number}: cs_desk_approve: one file of src/{folder} calls it, not several' for name, number in places_]
    if 'src/desk/cs-desk.h' in tree.files:
        for number, line in enumerate(tree.text('src/desk/cs-desk.h').split('\n'), 1):
            if re.search(r'\bcs_\w*approv\w*\s*\(', line) and 'cs_desk_approve ' not in line:
                found.append(f'src/desk/cs-desk.h:{number}: a second way to approve')
    return found


def left_over(tree):
    found = []
    for name in tree.ending(CODE + ('.blp', '.md', '.build', '.yml', '.css', '.pov', '.inc')) + tree.scripts():
        if name == 'tests/lint.py' or name == 'tests/lint_test.py':
            continue
        for number, line in enumerate(tree.text(name).split('\n'), 1):
            match = LEFT_OVER.search(line)
            if match and 'SKIP' not in line and "'TODO'" not in line:
                found.append(f'{name}:{number}: “{match[0]}”: finish it, or leave it out')
    return found


def addresses(tree):
    found = []
    for name in tree.files:
        if not name.endswith(CODE + SCRIPTS + ('.md', '.build', '.yml', '.json', '.xml', '.in', '.blp', '.supp', '.inc')) \
           and name not in ('run', '.ci/run') or name.startswith('tests/lint'):
            continue
        for number, line in enumerate(tree.text(name).split('\n'), 1):
            # Tests may name a private address to see it refused
            match = ADDRESS.search(line) or (not name.startswith('tests/') and PRIVATE.search(line))
            if match:
                found.append(f'{name}:{number}: “{match[0]}”: no address or path of one machine, and no package mirror')
    return found


def blueprints(tree):
    """A Blueprint is named after its class"""
    classes = {os.path.splitext(os.path.basename(name))[0] for name in tree.ending('.c', 'src/app/')}
    return [f'{name}: no class of that name in src/app' for name in tree.ending('.blp', 'ui/')
            if os.path.splitext(os.path.basename(name))[0] not in classes]


MARKUP_ROW = re.compile(r'\bAdw\.(?:\w*Row|Banner)\b[^{};]*\{')
MARKUP_CALL = re.compile(r'\badw_(?:preferences_row_set_title|(?:action|expander)_row_set_subtitle|banner_set_title|toast_new|'
                         r'preferences_group_set_(?:title|description)|status_page_set_description)\s*\(')


def blueprint_blocks(text, start):
    """(line, what stands in it and not in a child) of each block that start finds the beginning of"""
    for match in start.finditer(text):
        depth, own = 1, ''
        for character in text[match.end():]:
            depth += {'{': 1, '}': -1}.get(character, 0)
            if depth == 0:
                break
            if depth == 1:
                own += character
        yield text.count('\n', 0, match.start()) + 1, own


def no_markup(tree):
    """Rows, banners, toasts and status pages take their texts for markup unless they are told not to: a
    name or a message that comes from outside must not become a link, or be hidden"""
    found = []
    for name in tree.ending('.blp', 'ui/'):
        for number, own in blueprint_blocks(strip_comments(tree.text(name)), MARKUP_ROW):
            if re.search(r'\b(?:sub)?title:\s*bind\b', own) and not re.search(r'\buse-markup:\s*false\b', own):
                found.append(f'{name}:{number}: what is bound is taken for markup: use-markup: false')
    for name in tree.ending('.c', 'src/app/'):
        text = tree.text(name)
        if re.search(r'use_markup \(|"use-markup", FALSE|markup_escape_text|markup_printf_escaped|cs_window_add_toast \(', text):
            continue
        for number, line in enumerate(strip_comments(text).split('\n'), 1):
            if MARKUP_CALL.search(line) and not re.search(r'\b_\(|cs_field_get_label', line):
                found.append(f'{name}:{number}: this text is taken for markup: use_markup FALSE, or g_markup_escape_text()')
    return found


RULES = (
    ('licence line in every file', licence),
    ('no banned call', banned_calls),
    ('libraries stay in their folders', places),
    ('functions of 80 lines at most', function_length),
    ('files of 800 lines at most', file_length),
    ('folders stand on lower folders', layers),
    ('includes follow the folders', include_direction),
    ('POTFILES.in is complete', translations),
    ('texts to translate are whole', whole_strings),
    ('one place in each face signs', one_who_signs),
    ('nothing left over', left_over),
    ('no address of one machine', addresses),
    ('Blueprints are named after classes', blueprints),
    ('texts from outside are no markup', no_markup),
)


def main():
    tree = Tree(sys.argv[1])
    report((name, rule(tree)) for name, rule in RULES)


if __name__ == '__main__':
    main()
