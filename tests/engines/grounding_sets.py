#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the form of the labelled grounding sets (tests/data/grounding): what
the bench measures with must itself be right. grounding_sets.py SOURCE-FOLDER"""

import collections
import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from lint_tap import report  # noqa: E402

SETS = os.path.join(sys.argv[1], 'tests', 'data', 'grounding')
LABELS = ('true', 'invented', 'contradicting')
CATEGORIES = ('number', 'material', 'colour', 'place', 'name', 'certificate', 'superlative', 'other')
LANGUAGES = ('en', 'zh')
PRODUCTS, PHRASES = 120, 900
# The third set, written apart, can be measured with alone: each of its files has as many
APART, APART_PRODUCTS, APART_PHRASES, APART_EACH = ('fresh-en.json', 'fresh-zh.json'), 26, 300, 30
# Of every named category, in each language and over all sets, with each label
EACH = 20
LONGEST = 160


def no_twins(pairs):
    """json keeps the last of two members of one name: here that is a mistake"""
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f'a member stands twice among {keys}')
    return dict(pairs)


def phrase(where, row, ids):
    if set(row) - {'text', 'label', 'category', 'facts', 'why'}:
        yield f'{where}: members that nobody reads'
    if row['label'] not in LABELS:
        yield f'{where}: label {row["label"]}'
    if row['category'] not in CATEGORIES:
        yield f'{where}: category {row["category"]}'
    if not row['text'].strip() or row['text'] != row['text'].strip() or len(row['text']) > LONGEST:
        yield f'{where}: no phrase of 1 to {LONGEST} characters'
    for name in row['facts']:
        if name not in ids:
            yield f'{where}: no fact {name}'
    if row['label'] == 'invented' and row['facts']:
        yield f'{where}: invented, and yet from a fact'
    if row['label'] == 'contradicting' and not row['facts']:
        yield f'{where}: contradicts no fact'
    if row['label'] == 'true' and not row['facts'] and row['category'] != 'other':
        yield f'{where}: true without a fact'


def product(where, row, language):
    if row['language'] not in LANGUAGES or row['language'] != language:
        yield f'{where}: language {row["language"]}'
    ids = [fact['id'] for fact in row['facts']]
    if not ids or len(ids) != len(set(ids)):
        yield f'{where}: no facts, or two of one id'
    for fact in row['facts']:
        if set(fact) != {'id', 'text'} or not fact['text'].strip():
            yield f'{where}: fact {fact["id"]}'
    texts = [each['text'] for each in row['phrases']]
    for text, times in collections.Counter(texts).items():
        if times > 1:
            yield f'{where}: "{text}" stands twice'
    for each in row['phrases']:
        yield from phrase(f'{where} "{each["text"]}"', each, set(ids))


def apart(name, rows):
    phrases = [each for row in rows for each in row['phrases']]
    if len(rows) < APART_PRODUCTS or len(phrases) < APART_PHRASES:
        yield f'{name}: {len(rows)} products with {len(phrases)} phrases, not {APART_PRODUCTS} with {APART_PHRASES}'
    counts = collections.Counter(each['category'] for each in phrases)
    for category in CATEGORIES[:-1]:
        if counts[category] < APART_EACH:
            yield f'{name}: {counts[category]} of {category}, not {APART_EACH}'


def check():
    forms, amounts = [], []
    seen, counts = set(), collections.Counter()
    products = phrases = 0
    files = sorted(glob.glob(os.path.join(SETS, '*.json')))
    amounts += [f'{name} is not there' for name in APART if os.path.join(SETS, name) not in files]
    for file in files:
        name = os.path.basename(file)
        with open(file, encoding='utf-8') as stream:
            try:
                data = json.load(stream, object_pairs_hook=no_twins)
            except ValueError as error:
                forms.append(f'{name}: {error}')
                continue
        language = name.removesuffix('.json').split('-')[-1]
        if name in APART:
            amounts += apart(name, data['products'])
        for row in data['products']:
            where = f'{name}: {row["id"]}'
            if row['id'] in seen:
                forms.append(f'{where}: stands twice')
            seen.add(row['id'])
            products += 1
            phrases += len(row['phrases'])
            forms += product(where, row, language)
            counts.update((language, each['category'], each['label']) for each in row['phrases'])
    if products < PRODUCTS or phrases < PHRASES:
        amounts.append(f'{products} products with {phrases} phrases, not {PRODUCTS} with {PHRASES}')
    for language in LANGUAGES:
        for category in CATEGORIES[:-1]:
            for label in LABELS:
                if counts[language, category, label] < EACH:
                    amounts.append(f'{language}: {counts[language, category, label]} of {category} {label}, not {EACH}')
    return forms, amounts


FORMS, AMOUNTS = check()
report([('Grounding sets: every phrase has a label, a category and facts that are there', FORMS, None),
        ('Grounding sets: enough of everything', AMOUNTS, None)])
