/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at any input whatsoever; what is wrong aborts */
typedef void (*CsFuzzFunc) (const guint8 *data,
                            gsize         length,
                            GRand        *random);

/* A fuzzer that needs no compiler of its own: it mutates what it was given and what
 * it found on the way, and keeps what reaches code that was not reached before
 * (the files under test are compiled with -fsanitize-coverage=trace-pc).
 * Deterministic: the same seed and corpus go the same way.
 *
 *     --count N      inputs to try (20000)
 *     --seconds N    of CPU in place of a count
 *     --seed N       another way (1)
 *     --keep FOLDER  where what was found is written, each under its hash
 *     FOLDER…        with what to begin
 *
 * words: what such inputs are made of, NULL-terminated. A crash leaves the input
 * in cs-fuzz-crash-NAME in the folder for temporary files. Prints TAP. Returns main()'s status.
 */
int cs_fuzz_main (int                argc,
                  char              *argv[],
                  const char        *name,
                  const char *const *words,
                  CsFuzzFunc         func);

G_END_DECLS
