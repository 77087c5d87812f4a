/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decision.h"
#include "cs-photo-name.h"
#include "cs-product.h"
#include "cs-progress.h"

/* Unknown names come from a damaged file only: such an item waits for nobody */
CsItemState
cs_progress_state_from_name (const char *name)
{
  for (CsItemState state = CS_ITEM_EMPTY; state <= CS_ITEM_KEPT; state++)
    {
      if (g_strcmp0 (cs_item_state_get_name (state), name) == 0)
        return state;
    }

  return CS_ITEM_EMPTY;
}

gboolean
cs_progress_ensure_item (CsDb    *db,
                         gint64   product,
                         gint64   photo,
                         CsField  field,
                         gint64  *item,
                         GError **error)
{
  g_autoptr (CsStmt) find =
    cs_db_prepare (db, "SELECT id FROM item WHERE product = :product AND photo = :photo AND field = :field");
  g_autoptr (CsStmt) insert =
    cs_db_prepare (db, "INSERT INTO item (product, photo, field, state)"
                       "  SELECT :product, :photo, :field, :state WHERE :photo = 0"
                       "    OR EXISTS (SELECT 1 FROM photo WHERE id = :photo AND product = :product)");

  cs_stmt_bind (find, ":product", product);
  cs_stmt_bind (find, ":photo", photo);
  cs_stmt_bind (find, ":field", cs_field_get_name (field));
  if (!cs_stmt_find_int64 (find, item, 0, error))
    return FALSE;

  if (*item != 0)
    return TRUE;

  cs_stmt_bind (insert, ":product", product);
  cs_stmt_bind (insert, ":photo", photo);
  cs_stmt_bind (insert, ":field", cs_field_get_name (field));
  cs_stmt_bind (insert, ":state", cs_item_state_get_name (CS_ITEM_EMPTY));
  if (!cs_stmt_run (insert, error))
    return FALSE;

  if (cs_db_changes (db) == 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_STALE, _("This photo was moved meanwhile. Look at it again."));
      return FALSE;
    }

  *item = cs_db_last_id (db);

  return TRUE;
}

/* What an item's state follows from */
typedef struct
{
  CsField     field;
  CsItemState state; /* as stored */
  gint64      stored_decision;
  gint64      decision; /* the last one that was not taken back, or 0 */
  CsVerdict   verdict;
  gboolean    rejected_is_current; /* the suggestion that was decided on still stands there */
  gint64      n_current;
  gint64      n_questions;
  gboolean    has_original;
} Standing;

static gboolean
read_standing (CsDb     *db,
               gint64    item,
               Standing *self,
               GError  **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT i.field, i.state, i.decision, d.id, d.verdict,"
                       "  EXISTS (SELECT 1 FROM suggestion s WHERE s.id = d.suggestion AND s.standing = 'current'),"
                       "  (SELECT count(*) FROM suggestion s WHERE s.item = i.id AND s.standing = 'current' AND s.is_question = 0),"
                       "  (SELECT count(*) FROM suggestion s WHERE s.item = i.id AND s.standing = 'current' AND s.is_question = 1),"
                       "  i.field = 'picture' OR (i.photo = 0 AND EXISTS"
                       "    (SELECT 1 FROM product_value v WHERE v.product = i.product AND v.field = i.field))"
                       "  FROM item i LEFT JOIN decision d ON d.id ="
                       "    (SELECT m.id FROM decision m WHERE m.item = i.id AND m.verdict <> 'undo'"
                       "       AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = m.id)"
                       "       ORDER BY m.id DESC LIMIT 1)"
                       "  WHERE i.id = :item");

  cs_stmt_bind (stmt, ":item", item);
  if (!cs_stmt_next (stmt, error))
    {
      if (cs_stmt_is_done (stmt))
        g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, "There is no item %" G_GINT64_FORMAT, item);
      return FALSE;
    }

  self->decision = cs_stmt_int64 (stmt, 3);
  if (!cs_field_from_name (cs_stmt_text (stmt, 0), &self->field) ||
      (self->decision != 0 && !cs_verdict_from_name (cs_stmt_text (stmt, 4), &self->verdict)))
    {
      cs_db_refuse_damage (cs_stmt_text (stmt, 0), error);
      return FALSE;
    }

  self->state = cs_progress_state_from_name (cs_stmt_text (stmt, 1));
  self->stored_decision = cs_stmt_int64 (stmt, 2);
  self->rejected_is_current = cs_stmt_int64 (stmt, 5) != 0;
  self->n_current = cs_stmt_int64 (stmt, 6);
  self->n_questions = cs_stmt_int64 (stmt, 7);
  self->has_original = cs_stmt_int64 (stmt, 8) != 0;

  return TRUE;
}

static CsItemState
derive_undecided (const Standing *self)
{
  if (self->n_current > 0)
    return CS_ITEM_PENDING;

  return self->n_questions > 0 ? CS_ITEM_OPEN : CS_ITEM_EMPTY;
}

static CsItemState
derive_state (const Standing *self)
{
  if (self->decision == 0)
    return derive_undecided (self);

  switch (self->verdict)
    {
    case CS_VERDICT_ACCEPT:
      return CS_ITEM_ACCEPTED;

    case CS_VERDICT_EDIT:
      return CS_ITEM_EDITED;

    case CS_VERDICT_LATER:
      return CS_ITEM_LATER;

    case CS_VERDICT_REJECT:
      if (self->has_original)
        return CS_ITEM_KEPT;
      /* Nothing to keep. What was suggested since has not been rejected. */
      return self->n_current > 0 && !self->rejected_is_current ? CS_ITEM_PENDING : CS_ITEM_OPEN;

    case CS_VERDICT_UNDO:
    default:
      return derive_undecided (self);
    }
}

/* Suggestions that came while a decision stood take their place when it is gone */
static gboolean
call_reserve (CsDb     *db,
              gint64    item,
              gboolean *called,
              GError  **error)
{
  g_autoptr (CsStmt) retire =
    cs_db_prepare (db, "UPDATE suggestion SET standing = 'superseded' WHERE item = :item AND standing = 'current'"
                       "  AND engine IN (SELECT engine FROM suggestion WHERE item = :item AND standing = 'reserve')");
  g_autoptr (CsStmt) promote =
    cs_db_prepare (db, "UPDATE suggestion SET standing = 'current' WHERE item = :item AND standing = 'reserve'");

  cs_stmt_bind (retire, ":item", item);
  cs_stmt_bind (promote, ":item", item);
  if (!cs_stmt_run (retire, error) || !cs_stmt_run (promote, error))
    return FALSE;

  *called = cs_db_changes (db) > 0;

  return TRUE;
}

gboolean
cs_progress_update_item (CsDb    *db,
                         gint64   item,
                         GError **error)
{
  Standing    standing = { 0 };
  CsItemState state;
  gboolean    called = FALSE;
  g_autoptr (CsStmt) update =
    cs_db_prepare (db, "UPDATE item SET state = :state, decision = nullif (:decision, 0) WHERE id = :item");

  if (!read_standing (db, item, &standing, error))
    return FALSE;

  state = derive_state (&standing);
  if (!cs_item_state_is_decided (state))
    {
      if (!call_reserve (db, item, &called, error) ||
          (called && !read_standing (db, item, &standing, error)))
        return FALSE;
      state = derive_state (&standing);
    }

  if (state == standing.state && standing.decision == standing.stored_decision)
    return TRUE;

  cs_stmt_bind (update, ":state", cs_item_state_get_name (state));
  cs_stmt_bind (update, ":decision", standing.decision);
  cs_stmt_bind (update, ":item", item);

  return cs_stmt_run (update, error);
}

/* What a product's stage follows from */
typedef struct
{
  gint64   stage; /* as stored */
  gint64   queue; /* as stored */
  gint64   n_pending;
  gint64   n_later;
  gint64   n_open;
  gint64   n_decided;
  gint64   n_runs;
  gboolean has_title;
  gboolean abstains; /* a picture waits that nobody could be sure of */
  gboolean failed;
  gboolean on_its_way;
  gboolean there;
} Progress;

static gboolean
read_items (CsDb     *db,
            gint64    product,
            Progress *self,
            GError  **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.stage, p.queue,"
                       "  (SELECT count(*) FROM engine_run WHERE product = p.id),"
                       "  EXISTS (SELECT 1 FROM product_value WHERE product = p.id AND field = 'title'),"
                       "  coalesce (sum (i.state = 'pending'), 0), coalesce (sum (i.state = 'later'), 0),"
                       "  coalesce (sum (i.state = 'open'), 0),"
                       "  coalesce (sum (i.state IN ('accepted', 'edited', 'kept')), 0),"
                       "  coalesce (sum (i.field = 'title' AND i.state IN ('accepted', 'edited', 'kept')), 0),"
                       "  coalesce (sum (i.field = 'picture' AND i.state = 'pending' AND EXISTS"
                       "    (SELECT 1 FROM suggestion s WHERE s.item = i.id AND s.standing = 'current' AND s.abstains = 1)), 0)"
                       "  FROM product p LEFT JOIN item i ON i.product = p.id WHERE p.id = :product");

  cs_stmt_bind (stmt, ":product", product);
  if (!cs_stmt_next (stmt, error))
    return FALSE;

  self->stage = cs_stmt_int64 (stmt, 0);
  self->queue = cs_stmt_int64 (stmt, 1);
  self->n_runs = cs_stmt_int64 (stmt, 2);
  self->n_pending = cs_stmt_int64 (stmt, 4);
  self->n_later = cs_stmt_int64 (stmt, 5);
  self->n_open = cs_stmt_int64 (stmt, 6);
  self->n_decided = cs_stmt_int64 (stmt, 7);
  self->has_title = cs_stmt_int64 (stmt, 3) != 0 || cs_stmt_int64 (stmt, 8) != 0;
  self->abstains = cs_stmt_int64 (stmt, 9) != 0;

  return TRUE;
}

/* Only what was signed in the product's present form counts: after an edit it
 * is on its way to the next signature. What was withdrawn is not there.
 */
static gboolean
read_outbox (CsDb     *db,
             gint64    product,
             Progress *self,
             GError  **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT o.state, o.operation FROM outbox o"
                       "  JOIN approval a ON a.id = o.approval JOIN product p ON p.id = o.product"
                       "  WHERE o.product = :product AND a.revision = p.revision"
                       "    AND o.id = (SELECT max (m.id) FROM outbox m WHERE m.product = o.product AND m.account = o.account)");

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      const char *state = cs_stmt_text (stmt, 0);
      gboolean    withdraws = g_strcmp0 (cs_stmt_text (stmt, 1), "withdraw") == 0;

      if (g_str_equal (state, "failed") || g_str_equal (state, "conflict") || g_str_equal (state, "sign-in"))
        self->failed = TRUE;
      else if (g_str_equal (state, "done") || g_str_equal (state, "differs"))
        self->there |= !withdraws;
      else if (!g_str_equal (state, "voided"))
        self->on_its_way = TRUE;
    }

  return cs_stmt_is_done (stmt);
}

static CsStage
derive_stage (const Progress *self)
{
  if (self->n_pending + self->n_later > 0)
    return CS_STAGE_REVIEW;

  if (self->failed)
    return CS_STAGE_FAILED;

  if (self->on_its_way)
    return CS_STAGE_APPROVED;

  if (self->there)
    return CS_STAGE_PUBLISHED;

  if (self->n_runs == 0 && self->n_decided == 0)
    return CS_STAGE_NEW;

  return self->n_open > 0 || !self->has_title ? CS_STAGE_BLOCKED : CS_STAGE_READY;
}

static int
derive_queue (const Progress *self)
{
  if (self->n_pending > 0)
    return self->abstains ? -1 : 0;

  return self->n_later > 0 ? 1 : 2;
}

static gboolean
write_stage (CsDb           *db,
             gint64          product,
             const Progress *progress,
             GError        **error)
{
  CsStage stage = derive_stage (progress);
  int     queue = derive_queue (progress);
  g_autoptr (CsStmt) stmt = NULL;

  /* Apart from the rest, because an index and two triggers hang on these */
  if (stage == progress->stage && queue == progress->queue)
    return TRUE;

  stmt = cs_db_prepare (db, "UPDATE product SET stage = :stage, queue = :queue WHERE id = :product");
  cs_stmt_bind (stmt, ":stage", stage);
  cs_stmt_bind (stmt, ":queue", queue);
  cs_stmt_bind (stmt, ":product", product);

  return cs_stmt_run (stmt, error);
}

/* What it is called while nothing better is known: its first photo's folder or
 * file; NULL where it has no photo
 */
static gboolean
find_caption (CsDb    *db,
              gint64   product,
              char   **caption,
              GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT folder, name FROM photo WHERE product = :product ORDER BY position LIMIT 1");

  cs_stmt_bind (stmt, ":product", product);
  if (cs_stmt_next (stmt, error))
    *caption = cs_photo_name_dup_caption (cs_stmt_text (stmt, 0), cs_stmt_text (stmt, 1) != NULL ? cs_stmt_text (stmt, 1) : "");
  else if (!cs_stmt_is_done (stmt))
    return FALSE;

  return TRUE;
}

static gboolean
write_row (CsDb           *db,
           gint64          product,
           const Progress *progress,
           GError        **error)
{
  /* What a model wrote is no name for it before a person took it up */
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE product SET n_pending = :n_pending,"
                       "  n_photos = (SELECT count(*) FROM photo WHERE product = :product),"
                       "  thumbnail = (SELECT thumbnail FROM photo WHERE product = :product ORDER BY position LIMIT 1),"
                       "  title = coalesce ("
                       "    (SELECT nullif (d.value, '') FROM item i JOIN decision d ON d.id = i.decision"
                       "       WHERE i.product = :product AND i.photo = 0 AND i.field = 'title'"
                       "         AND i.state IN ('accepted', 'edited')),"
                       "    (SELECT value FROM product_value WHERE product = :product AND field = 'title'),"
                       "    (SELECT s.text FROM item i JOIN suggestion s ON s.item = i.id"
                       "       WHERE i.product = :product AND i.photo = 0 AND i.field = 'title'"
                       "         AND s.standing = 'current' AND s.is_question = 0 AND s.sent IS NULL"
                       "       ORDER BY s.variant, s.id LIMIT 1),"
                       "    :caption)"
                       "  WHERE id = :product");
  g_autofree char *caption = NULL;

  if (!find_caption (db, product, &caption, error))
    return FALSE;

  cs_stmt_bind (stmt, ":caption", caption);
  cs_stmt_bind (stmt, ":n_pending", progress->n_pending);
  cs_stmt_bind (stmt, ":product", product);

  return cs_stmt_run (stmt, error);
}

gboolean
cs_progress_update_product (CsDb    *db,
                            gint64   product,
                            GError **error)
{
  Progress progress = { 0 };

  return read_items (db, product, &progress, error) &&
         read_outbox (db, product, &progress, error) &&
         write_stage (db, product, &progress, error) &&
         write_row (db, product, &progress, error) &&
         cs_index_update_product (db, product, error);
}

static gboolean
append_void (CsDb    *db,
             gint64   approval,
             GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO approval_void (approval, reason, made_at) VALUES (:approval, 'edited', :now)");

  cs_stmt_bind (stmt, ":approval", approval);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());

  return cs_stmt_run (stmt, error);
}

/* What has begun to go out keeps its state and is due at once: its release is
 * refused, and whoever sends it sees to what is there by then.
 */
static gboolean
void_approvals (CsDb    *db,
                gint64   product,
                GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT o.approval FROM outbox o WHERE o.product = :product"
                       "  AND o.state NOT IN ('done', 'differs', 'voided')"
                       "  AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  g_autoptr (CsStmt) stop =
    cs_db_prepare (db, "UPDATE outbox SET state = 'voided', message = :message, next_at = 0, changed_at = :now"
                       "  WHERE product = :product AND state NOT IN ('done', 'differs', 'voided')"
                       "    AND EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = outbox.approval)"
                       "    AND (state IN ('ready', 'failed') OR"
                       "         NOT EXISTS (SELECT 1 FROM outbox_step s WHERE s.entry = outbox.id))");
  g_autoptr (CsStmt) hasten =
    cs_db_prepare (db, "UPDATE outbox SET next_at = 0 WHERE product = :product AND next_at <> 0"
                       "  AND state NOT IN ('done', 'differs', 'voided')");
  gboolean any = FALSE;

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      if (!append_void (db, cs_stmt_int64 (stmt, 0), error))
        return FALSE;
      any = TRUE;
    }

  if (!cs_stmt_is_done (stmt) || !any)
    return cs_stmt_is_done (stmt);

  cs_stmt_bind (stop, ":message", _("This product changed after you approved it: by your hand, or by what was read from a shop. Approve it again to publish it."));
  cs_stmt_bind (stop, ":now", g_get_real_time ());
  cs_stmt_bind (stop, ":product", product);
  cs_stmt_bind (hasten, ":product", product);

  return cs_stmt_run (stop, error) && cs_stmt_run (hasten, error);
}

/* Before cs_progress_update_product(). Voids approvals that have not gone out. */
gboolean
cs_progress_edit (CsDb    *db,
                  gint64   product,
                  CsEdit   edit,
                  GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE product SET revision = revision + 1, changed_at = :now WHERE id = :product");
  g_autoptr (CsStmt) facts =
    cs_db_prepare (db, "UPDATE product SET facts = facts + 1, seen = 0 WHERE id = :product");

  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":product", product);
  cs_stmt_bind (facts, ":product", product);

  return cs_stmt_run (stmt, error) &&
         (edit != CS_EDIT_FACTS || cs_stmt_run (facts, error)) &&
         void_approvals (db, product, error);
}
