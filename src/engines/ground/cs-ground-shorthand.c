/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"

/* What sellers write short in their notes: "abt 55h", "w/out", "NZ wool", "75/25 EVOO".
 * A text for a shop has the words themselves.
 */

static const struct
{
  const char *brief;
  const char *whole;
} words[] = {
  { "abt", "about" },
  { "appx", "approx" },
  { "pct", "percent" },
  { "deg", "degrees" },
  { "degs", "degrees" },
  { "masl", "m above sea level" },
  { "w/o", "without" },
  { "w/out", "without" },
  { "w/", "with" },
  { "w", "with" },
  { "wt", "weight" },
  { "ht", "height" },
  { "env", "envelopes" },
  { "envs", "envelopes" },
  { "fluo", "fluorescent" },
  { "vtg", "vintage" },
  { "orig", "original" },
  { "pkt", "pocket" },
  { "pkts", "pockets" },
  { "hexie", "hexagon" },
  { "hexies", "hexagons" },
  { "evoo", "extra virgin olive oil" },
  { "eo", "essential oil" },
  { "eos", "essential oils" },
  { "choc", "chocolate" },
  { "sz", "size" },
  { "circ", "circumference" },
  { "diam", "diameter" },
  { "qty", "quantity" },
  { "incl", "including" },
  { "inc", "including" },
  { "excl", "excluding" },
  { "pr", "pair" },
  { "prs", "pairs" },
  { "doz", "dozen" },
  { "ea", "each" },
  { "yr", "year" },
  { "mth", "month" },
  { "mths", "months" },
  { "cond", "condition" },
  { "exc", "excellent" },
  { "lrg", "large" },
  { "sml", "small" },
  { "med", "medium" },
  { "blk", "black" },
  { "wht", "white" },
  { "grn", "green" },
  { "brn", "brown" },
  { "s/steel", "stainless steel" },
  { "alu", "aluminium" },
  { "acrylc", "acrylic" },
  { "h'made", "handmade" },
  { "hmade", "handmade" },
  { "xmas", "christmas" },
  { "temp", "temperature" },
  { "approx.", "approx" },
  { "bx", "box" },
  { "recd", "received" },
  { "btw", "by the way" },
  { "pls", "please" },
  { "thru", "through" },
  { "nr", "near" },
};

/* Countries, in capitals; "FR 38" is a size */
static const struct
{
  const char *brief;
  const char *whole;
} countries[] = {
  { "NZ", "New Zealand" },    { "NL", "Netherlands" }, { "CZ", "Czech Republic" }, { "FR", "France" },   { "DK", "Denmark" }, { "PL", "Poland" },  { "JP", "Japan" },
  { "IE", "Ireland" },        { "SE", "Sweden" },      { "GR", "Greece" },         { "AU", "Australia" }, { "HU", "Hungary" }, { "SK", "Slovakia" }, { "SI", "Slovenia" },
  { "EE", "Estonia" },        { "LT", "Lithuania" },   { "LV", "Latvia" },         { "RO", "Romania" },  { "ES", "Spain" },   { "PT", "Portugal" },
};

static gboolean
is_part_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '/' || c == '\'' || (guchar) c >= 0x80;
}

/* What the word from start to end stands for, or NULL */
static const char *
find_whole (const char *start,
            const char *end)
{
  gsize length = end - start;
  const char *after = end + (*end == ' ');

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i].brief) != length || g_ascii_strncasecmp (start, words[i].brief, length) != 0)
        continue;
      /* "70 W", "W 30": neither is "with" */
      if (length == 1 && !(*start == 'w' && g_ascii_isalpha (*after)))
        return NULL;
      return words[i].whole;
    }

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      if (strlen (countries[i].brief) == length && strncmp (start, countries[i].brief, length) == 0 && !g_ascii_isdigit (*after) && *end != '-')
        return countries[i].whole;
    }

  return NULL;
}

/* "Mate60/60Pro" is the Mate60 Pro, "50-34T" are rings of 50 and of 34 teeth */
static char *
part_models (char *text)
{
  static const char *const models[] = { "Pro", "Max", "Plus", "Ultra", "Mini", "Lite", "mini", NULL };
  g_autofree char *plain = text;
  GString *out = g_string_sized_new (strlen (text) + 8);

  for (const char *p = plain; *p != '\0'; p++)
    {
      char  *end;
      double first = p > plain && *p == '-' && g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[1]) ? g_ascii_strtod (p - (p > plain + 1 && g_ascii_isdigit (p[-2]) ? 2 : 1), NULL) : 0;

      if (first > 0 && first < 70 && g_ascii_strtod (p + 1, &end) < first && *end == 'T' && !g_ascii_isalnum (end[1]))
        {
          g_string_append_c (out, '/');
          continue;
        }
      for (guint i = 0; p > plain && g_ascii_isdigit (p[-1]) && models[i] != NULL; i++)
        {
          if (g_str_has_prefix (p, models[i]) && !g_ascii_islower (p[strlen (models[i])]))
            g_string_append_c (out, ' ');
        }
      g_string_append_c (out, *p);
    }

  return g_string_free_and_steal (out);
}

/**
 * cs_ground_write_out:
 *
 * Returns: (transfer full): a note with its words written out
 */
char *
cs_ground_write_out (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 32);

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      const char *whole;

      while (is_part_of_word (*end))
        end++;
      if (end == p)
        {
          g_string_append_c (out, *p++);
          continue;
        }

      /* "w/saucer" */
      if (g_ascii_strncasecmp (p, "w/", 2) == 0 && end > p + 2 && find_whole (p, end) == NULL)
        {
          g_string_append (out, "with ");
          p += 2;
          continue;
        }
      whole = find_whole (p, end);
      if (whole != NULL && (p == text || !g_ascii_isdigit (p[-1])))
        g_string_append (out, whole);
      else
        g_string_append_len (out, p, end - p);
      p = end;
    }

  return part_models (g_string_free_and_steal (out));
}
