/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CS_GROUND_HAN,    /* one Chinese character */
  CS_GROUND_LATIN,  /* a word of letters */
  CS_GROUND_DIGITS, /* a number as written: "1,200.5" */
  CS_GROUND_MARK,   /* one other character */
} CsGroundTokenKind;

/* A token, folded: full-width as half-width, without case and accents,
 * traditional characters as simplified. start and end are bytes of the text as
 * it was given.
 */
typedef struct
{
  CsGroundTokenKind kind;
  guint             start;
  guint             end;
  char             *word;
  char             *stem;    /* LATIN: its singular, else the same as word; owned by word's text */
  gboolean          spaced;  /* something blank stands before it */
  gboolean          line;    /* a line ends before it */
  gboolean          capital; /* LATIN: begins with a capital letter */
  gboolean          shout;   /* LATIN: all capitals */
  double            part;    /* DIGITS: value of a fraction sign, else 0 */
} CsGroundToken;

/* (element-type CsGroundToken) */
GArray *cs_ground_tokens (const char *text);
/* The folded text of all tokens, for looking for a run of Chinese in it */
char   *cs_ground_fold (const char *text);
/* For comparing words of no set: "weave" and "weaving" */
char   *cs_ground_root (const char *word);
/* Of "unsulphured" "sulphur", of "lidless" "lid"; else NULL */
char   *cs_ground_denied_root (const char *word);
char   *cs_ground_singular (const char *word);

G_END_DECLS
