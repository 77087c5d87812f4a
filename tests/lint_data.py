#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what is installed beside the programs:
lint_data.py SOURCE-FOLDER DESKTOP-ENTRY METAINFO"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from lint_tap import report

SOURCE, DESKTOP, METAINFO = sys.argv[1:4]
MOST_BYTES = 3_000_000


def tool(*command):
    """What a checking program complains of, and why it could not be asked"""
    if not shutil.which(command[0]):
        return [], f'{command[0]} is not installed'
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return ([] if run.returncode == 0 else (run.stdout + run.stderr).splitlines() or ['it failed']), None


def path(*parts):
    return os.path.join(SOURCE, *parts)


def icons():
    found = []
    names = ('scalable/apps/app.countersign.Countersign.svg',
             'symbolic/apps/app.countersign.Countersign-symbolic.svg')
    for name, size in zip(names, ('128', '16')):
        file = path('data/icons/hicolor', name)
        if not os.path.exists(file):
            found.append(f'{name}: missing')
        elif ElementTree.parse(file).getroot().get('width') != size:
            found.append(f'{name}: not {size} pixels wide')
    return found


def icon_names():
    """Every icon that the window names is in the theme or comes with the program"""
    theme = '/usr/share/icons/Adwaita/symbolic'
    if not os.path.isdir(theme):
        return [], 'the Adwaita icons are not installed'
    there = {name for where in (theme, path('data'), path('ui')) for _, _, names in os.walk(where) for name in names}
    # These are in GTK or libadwaita themselves
    there |= {'adw-external-link-symbolic.svg', 'adw-tab-unpin-symbolic.svg'}
    found = []
    for folder in ('ui', 'src/app'):
        for name in sorted(os.listdir(path(folder))):
            if not name.endswith(('.blp', '.c')):
                continue
            with open(path(folder, name), encoding='utf-8') as file:
                for icon in re.findall(r'["\']([a-zA-Z0-9.-]+-symbolic)["\']', file.read()):
                    if f'{icon}.svg' not in there:
                        found.append(f'{folder}/{name}: {icon}: no such icon')
    return found, None


def samples():
    with open(path('data/samples/samples.json'), encoding='utf-8') as file:
        products = json.load(file)['products']
    with open(path('src/model/cs-field.c'), encoding='utf-8') as file:
        fields = set(re.findall(r'\[CS_FIELD_\w+\] = \{ "([\w-]+)"', file.read()))
    found = []
    if not 8 <= len(products) <= 12:
        found.append(f'{len(products)} products: eight to twelve is what a first look can take in')
    listed = {'samples.json'}
    for product in products:
        if set(product) != {'folder', 'photos', 'values'}:
            found.append(f'{product}: folder, photos and values are wanted')
            continue
        for name, value in product['values'].items():
            if name not in fields:
                found.append(f'{product["folder"]}: {name}: no such field')
            if not isinstance(value, str):
                found.append(f'{product["folder"]}: {name}: values are text')
        listed |= {os.path.join(product['folder'], photo) for photo in product['photos']}
    there = set()
    for folder, folders, names in os.walk(path('data/samples')):
        folders[:] = [name for name in folders if name != 'scenes']
        there |= {os.path.relpath(os.path.join(folder, name), path('data/samples')) for name in names}
    found += [f'{name}: listed, but not there' for name in sorted(listed - there)]
    found += [f'{name}: there, but not listed' for name in sorted(there - listed)]
    total = sum(os.path.getsize(path('data/samples', name)) for name in there & listed)
    if total > MOST_BYTES:
        found.append(f'{total} bytes: {MOST_BYTES} at most')
    return found


def sample_metadata():
    """The photos tell when they were taken and nothing else"""
    try:
        import gi
        gi.require_version('GExiv2', '0.10')
        from gi.repository import GExiv2
    except (ImportError, ValueError):
        return [], 'GExiv2 for Python is not installed'
    found = []
    for folder, _, names in os.walk(path('data/samples')):
        for name in sorted(names):
            if not name.endswith('.jpg'):
                continue
            file = os.path.join(folder, name)
            metadata = GExiv2.Metadata.new()
            metadata.open_path(file)
            tags = set(metadata.get_exif_tags() + metadata.get_iptc_tags() + metadata.get_xmp_tags())
            if 'Exif.Photo.DateTimeOriginal' not in tags:
                found.append(f'{file}: does not say when it was taken')
            more = {tag for tag in tags if not tag.startswith(('Exif.Photo.DateTime', 'Exif.Image.DateTime'))}
            # The table's own pointer and version
            more -= {'Exif.Image.ExifTag', 'Exif.Photo.ExifVersion'}
            if more:
                found.append(f'{file}: {", ".join(sorted(more))}')
    return found, None


def template(folder):
    """The strings of the sources as they are now"""
    pot = os.path.join(folder, 'now.pot')
    subprocess.run(
        ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--keyword=_', '--keyword=N_',
         '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
         '--force-po', '-f', path('po/POTFILES.in'), '-D', SOURCE, '-o', pot],
        check=True, stderr=subprocess.DEVNULL)
    return pot


def translation(language, pot):
    file = path('po', f'{language}.po')
    if not os.path.exists(file):
        return ['missing']
    complaints, _ = tool('msgfmt', '-c', '-o', os.devnull, file)
    merged = subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '-o', '-', file, pot],
                            capture_output=True, check=True).stdout
    for which, words in (('--untranslated', 'not translated'), ('--only-fuzzy', 'not certain')):
        left = subprocess.run(['msgattrib', '--no-wrap', '--no-obsolete', which], input=merged,
                              capture_output=True, check=True).stdout.decode()
        # The first entry is the file's own header
        complaints += [f'{match}: {words}' for match in re.findall(r'^msgid ("(?:.+)")$', left, re.M) if match != '""']
    return complaints


def cases():
    yield 'desktop entry', *tool('desktop-file-validate', DESKTOP)
    # The program has no homepage of its own
    yield 'metainfo', *tool('appstreamcli', 'validate', '--no-net',
                            '--override=url-homepage-missing=info', METAINFO)
    yield 'settings schema', *tool('glib-compile-schemas', '--strict', '--dry-run', path('data'))
    yield 'icons', icons()
    yield 'icons that are named exist', *icon_names()
    yield 'samples are whole', samples()
    yield 'sample photos are stripped', *sample_metadata()
    missing = [name for name in ('xgettext', 'msgfmt', 'msgmerge', 'msgattrib') if not shutil.which(name)]
    with open(path('po/LINGUAS'), encoding='utf-8') as file:
        languages = file.read().split()
    with tempfile.TemporaryDirectory() as folder:
        pot = None if missing else template(folder)
        for language in languages:
            yield (f'translation {language} is complete', translation(language, pot) if pot else [],
                   f'{missing[0]} is not installed' if missing else None)


report(cases())
