/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libdex.h>
#include <locale.h>

#include "cs-hand-replay.h"
#include "cs-json.h"

/* What writing as the seller does saves: bench-hand MONTH.json. Two sellers' months
 * are replayed with the hand off, with what is learned, and with what was offered
 * pinned as well; each week against the same week without.
 */

static const char *path;

static void
print (const char *name,
       const char *how,
       CsHandWeek *weeks,
       CsHandWeek *off)
{
  g_print ("%s, %s:\n", name, how);
  for (guint i = 0; i < CS_HAND_WEEKS; i++)
    g_print ("  week %u: %5.2f words edited for each suggestion (%3.0f %% of those without), %3.0f %% accepted untouched\n", i + 1,
             cs_hand_replay_get_edits (&weeks[i]),
             100 * cs_hand_replay_get_edits (&weeks[i]) / cs_hand_replay_get_edits (&off[i]),
             100 * cs_hand_replay_get_untouched (&weeks[i]));
}

static DexFuture *
bench_fiber (gpointer data)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *sellers = cs_json_array (cs_hand_replay_load (path, &root), "sellers");

  for (guint i = 0; i < json_array_get_length (sellers); i++)
    {
      JsonObject *seller = cs_json_array_object (sellers, i);
      const char *name = cs_json_string (seller, "name", "");
      CsHandWeek  off[CS_HAND_WEEKS];
      CsHandWeek  weeks[CS_HAND_WEEKS];

      cs_hand_replay_run (seller, FALSE, FALSE, off);
      print (name, "hand off", off, off);
      cs_hand_replay_run (seller, TRUE, FALSE, weeks);
      print (name, "learned", weeks, off);
      cs_hand_replay_run (seller, TRUE, TRUE, weeks);
      print (name, "learned, and pinned what was offered", weeks, off);
    }

  return dex_future_new_true ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (DexFuture) future = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  dex_init ();
  if (argc != 2)
    return 2;

  path = argv[1];
  future = dex_scheduler_spawn (NULL, 0, bench_fiber, NULL, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return dex_future_is_rejected (future);
}
