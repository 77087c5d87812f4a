/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cs-fuzz.h"

#define MOST_BYTES (64 * 1024)
#define MAP_SIZE   (64 * 1024)

#if defined(__has_attribute) && __has_attribute(no_sanitize_coverage)
#define NOT_TRACED __attribute__ ((no_sanitize_coverage))
#else
#define NOT_TRACED
#endif

void __sanitizer_cov_trace_pc (void);

static guint8   seen[MAP_SIZE];   /* ever */
static guint8   now[MAP_SIZE];    /* by this input: how often, up to 255 */
static gboolean tracing;
static guint    last;

/* The input that is being tried, for the handler of a crash */
static const guint8 *current;
static gsize         current_length;
static char         *crash_path;

NOT_TRACED void
__sanitizer_cov_trace_pc (void)
{
  guint here;

  if (!tracing)
    return;

  here = (guint) (((gsize) __builtin_return_address (0) * 0x9e3779b1u) >> 8) % MAP_SIZE;
  if (now[here ^ last] < 255)
    now[here ^ last]++;
  last = here >> 1;
}

/* Counts in classes, as it makes no difference whether a loop ran 20 or 21 times */
static guint8
class_of (guint8 count)
{
  return count == 0 ? 0 : count == 1 ? 1 : count == 2 ? 2 : count < 4 ? 4 : count < 8 ? 8
         : count < 16 ? 16 : count < 32 ? 32 : count < 128 ? 64 : 128;
}

static gboolean
is_news (void)
{
  gboolean news = FALSE;

  for (guint i = 0; i < MAP_SIZE; i++)
    {
      guint8 bit = class_of (now[i]);

      news = news || (bit & ~seen[i]) != 0;
      seen[i] |= bit;
    }

  return news;
}

static void
crash_cb (int number)
{
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

  if (fd >= 0 && write (fd, current, current_length) >= 0)
    close (fd);
  signal (number, SIG_DFL);
  raise (number);
}

static gboolean
try (GBytes    *input,
     CsFuzzFunc func,
     GRand     *random)
{
  current = g_bytes_get_data (input, &current_length);
  memset (now, 0, sizeof (now));
  last = 0;
  tracing = TRUE;
  func (current, current_length, random);
  tracing = FALSE;

  return is_news ();
}

static gsize
below (GRand *random,
       gsize  end)
{
  return end > 0 ? (gsize) (g_rand_double (random) * end) : 0;
}

static void
insert (GByteArray   *data,
        gsize         at,
        const guint8 *bytes,
        gsize         length)
{
  g_autofree guint8 *tail = g_memdup2 (data->data + at, data->len - at);
  gsize n = data->len - at;

  length = MIN (length, MOST_BYTES - MIN (data->len, MOST_BYTES));
  g_byte_array_set_size (data, at);
  g_byte_array_append (data, bytes, length);
  if (n > 0)
    g_byte_array_append (data, tail, n);
}

/* One change: of a byte, a bit, a piece taken out, doubled, put elsewhere, or of another input; or a word */
static void
mutate (GByteArray        *data,
        GPtrArray         *corpus,
        const char *const *words,
        GRand             *random)
{
  gsize at = below (random, data->len + 1);
  gsize longest = below (random, 4) == 0 ? 4096 : 24;
  gsize length = below (random, MIN (data->len - at, longest) + 1);
  guint8 byte = below (random, 256);
  guint  n_words = g_strv_length ((char **) words);

  switch (below (random, 8))
    {
    case 0:
      if (at < data->len)
        data->data[at] = byte;
      break;

    case 1:
      if (at < data->len)
        data->data[at] ^= 1 << below (random, 8);
      break;

    case 2:
      insert (data, at, &byte, 1);
      break;

    case 3:
      g_byte_array_remove_range (data, at, length);
      break;

    case 4:
      {
        g_autofree guint8 *piece = g_memdup2 (data->data + at, length);

        insert (data, below (random, data->len + 1), piece, length);
      }
      break;

    case 5:
      {
        GBytes *other = g_ptr_array_index (corpus, below (random, corpus->len));
        gsize   size;
        const guint8 *from = g_bytes_get_data (other, &size);
        gsize   start = below (random, size);

        insert (data, at, from + start, below (random, size - start + 1));
      }
      break;

    default:
      if (n_words > 0)
        {
          const char *word = words[below (random, n_words)];

          insert (data, at, (const guint8 *) word, strlen (word));
        }
      break;
    }
}

static void
read_folder (GPtrArray  *corpus,
             const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    {
      char *text;
      gsize length;

      if (g_file_get_contents (g_ptr_array_index (names, i), &text, &length, NULL))
        g_ptr_array_add (corpus, g_bytes_new_take (text, MIN (length, MOST_BYTES)));
    }
}

static void
write_file (const char *folder,
            GBytes     *input)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, input);
  g_autofree char *path = g_strdup_printf ("%s/%.16s", folder, hash);

  g_file_set_contents (path, g_bytes_get_data (input, NULL), g_bytes_get_size (input), NULL);
}

static double
cpu_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

/* How many were tried */
static guint64
run (GPtrArray         *corpus,
     const char *const *words,
     CsFuzzFunc         func,
     GRand             *random,
     guint64            count,
     double             seconds,
     const char        *keep)
{
  guint64 n;

  for (guint i = 0; i < corpus->len; i++)
    try (g_ptr_array_index (corpus, i), func, random);

  for (n = 0; seconds > 0 ? (n % 64 != 0 || cpu_seconds () < seconds) : n < count; n++)
    {
      GBytes *from = g_ptr_array_index (corpus, below (random, corpus->len));
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_autoptr (GBytes) input = NULL;
      guint changes = 1 + below (random, 6);

      g_byte_array_append (data, g_bytes_get_data (from, NULL), g_bytes_get_size (from));
      for (guint i = 0; i < changes; i++)
        mutate (data, corpus, words, random);
      input = g_byte_array_free_to_bytes (g_steal_pointer (&data));
      if (!try (input, func, random))
        continue;

      if (keep != NULL)
        write_file (keep, input);
      g_ptr_array_add (corpus, g_steal_pointer (&input));
    }

  return n;
}

int
cs_fuzz_main (int                argc,
              char              *argv[],
              const char        *name,
              const char *const *words,
              CsFuzzFunc         func)
{
  gint64 count = 20000, seed = 1;
  double seconds = 0;
  g_autofree char *keep = NULL;
  g_auto (GStrv) folders = NULL;
  const GOptionEntry entries[] = {
    { "count", 0, 0, G_OPTION_ARG_INT64, &count, NULL, NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &folders, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = NULL;
  guint   n_begun;
  guint64 n;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    read_folder (corpus, folders[i]);
  n_begun = corpus->len;
  g_assert_cmpuint (n_begun, >, 0);
  random = g_rand_new_with_seed ((guint32) seed);
  crash_path = g_strdup_printf ("%s/cs-fuzz-crash-%s", g_get_tmp_dir (), name);
  signal (SIGABRT, crash_cb);
  signal (SIGSEGV, crash_cb);
  n = run (corpus, words, func, random, count, seconds, keep);
  g_print ("# %" G_GUINT64_FORMAT " inputs, %u to begin with, %u that reached something new, %.0f s of CPU\n",
           n, n_begun, corpus->len - n_begun, cpu_seconds ());
  g_clear_pointer (&crash_path, g_free);
  g_print ("ok 1 - /fuzz/%s\n1..1\n", name);

  return 0;
}
