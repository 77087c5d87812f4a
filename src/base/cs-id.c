/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/random.h>

#include "cs-id.h"

/* Crockford's alphabet: no letter that is read as a digit, so that a person
 * can type a key that they see in a shop.
 */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * cs_id_new:
 * @prefix: what the id is for, for example "CS"
 *
 * Mints an id that nobody else mints: 80 bits from the kernel, written as
 * sixteen digits and capital letters behind @prefix and a dash. Short and
 * plain enough to stand in for a SKU at every marketplace that we know.
 */
char *
cs_id_new (const char *prefix)
{
  GString *id = g_string_new (prefix);
  guint8   random[16];

  /* Up to 256 bytes getrandom() neither fails nor is cut short */
  if (getrandom (random, sizeof random, 0) != sizeof random)
    g_error ("The kernel has no random numbers");

  g_string_append_c (id, '-');
  for (guint i = 0; i < sizeof random; i++)
    g_string_append_c (id, alphabet[random[i] & 31]);

  return g_string_free_and_steal (id);
}
