/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-page-feed.h"
#include "cs-window.h"

/* How long changes are gathered before they are read, in milliseconds */
#define GATHER 150

struct _CsPageFeed
{
  GObject parent_instance;

  GtkWidget             *page; /* NULL once it is closed */
  const CsPageFeedFuncs *funcs;
  guint                  stamp;   /* of what was asked for last: older answers are dropped */
  guint                  pending; /* source of a reading to come */
  gboolean               stale;   /* something changed while nobody looked */
  gboolean               answered;
  char                  *trouble;
};

G_DEFINE_FINAL_TYPE (CsPageFeed, cs_page_feed, G_TYPE_OBJECT)

/* Before there is a list its place says why there is none; after that a toast does */
static void
fail (CsPageFeed   *self,
      const GError *error)
{
  if (self->answered)
    {
      cs_window_report (self->page, error);
      return;
    }

  g_free (self->trouble);
  self->trouble = g_markup_escape_text (error->message, -1);
}

/* One question that is under way */
typedef struct
{
  CsPageFeed *feed;
  guint       stamp;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->feed);
  g_free (question);
}

static DexFuture *
answered_cb (DexFuture *future,
             gpointer   data)
{
  Question   *question = data;
  CsPageFeed *self = question->feed;
  g_autoptr (GError) error = NULL;
  const GValue *answer = dex_future_get_value (future, &error);

  if (self->page == NULL || question->stamp != self->stamp)
    return dex_future_new_true ();

  if (answer != NULL)
    {
      self->answered = TRUE;
      self->funcs->take (self->page, answer);
    }
  else
    fail (self, error);

  self->funcs->update (self->page);
  cs_window_settle_focus (self->page);

  return dex_future_new_true ();
}

static DexFuture *
ask (CsPageFeed *self,
     gboolean    anew)
{
  Question *question = g_new0 (Question, 1);

  g_clear_handle_id (&self->pending, g_source_remove);
  self->stale = FALSE;
  question->feed = g_object_ref (self);
  question->stamp = ++self->stamp;

  return dex_future_finally (self->funcs->ask (self->page, anew), answered_cb, question, question_free);
}

static gboolean
gathered (gpointer data)
{
  CsPageFeed *self = data;

  self->pending = 0;
  dex_future_disown (ask (self, TRUE));

  return G_SOURCE_REMOVE;
}

static void
mapped_cb (CsPageFeed *self)
{
  if (self->page != NULL && self->stale)
    dex_future_disown (ask (self, TRUE));
}

static void
cs_page_feed_dispose (GObject *object)
{
  CsPageFeed *self = CS_PAGE_FEED (object);

  cs_page_feed_close (self);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_page_feed_parent_class)->dispose (object);
}

static void
cs_page_feed_class_init (CsPageFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_page_feed_dispose;
}

static void
cs_page_feed_init (CsPageFeed *self)
{
}

CsPageFeed *
cs_page_feed_new (GtkWidget             *page,
                  const CsPageFeedFuncs *funcs)
{
  CsPageFeed *self;

  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);
  g_return_val_if_fail (funcs != NULL, NULL);

  self = g_object_new (CS_TYPE_PAGE_FEED, NULL);
  self->page = page;
  self->funcs = funcs;
  g_signal_connect_object (page, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return self;
}

void
cs_page_feed_close (CsPageFeed *self)
{
  g_return_if_fail (CS_IS_PAGE_FEED (self));

  g_clear_handle_id (&self->pending, g_source_remove);
  self->page = NULL;
}

void
cs_page_feed_read (CsPageFeed *self)
{
  g_return_if_fail (CS_IS_PAGE_FEED (self));

  dex_future_disown (cs_page_feed_wait (self));
}

DexFuture *
cs_page_feed_wait (CsPageFeed *self)
{
  dex_return_error_if_fail (CS_IS_PAGE_FEED (self));

  return self->page != NULL ? ask (self, FALSE) : dex_future_new_true ();
}

void
cs_page_feed_retry (CsPageFeed *self)
{
  g_return_if_fail (CS_IS_PAGE_FEED (self));

  if (self->page == NULL)
    return;

  g_clear_pointer (&self->trouble, g_free);
  self->funcs->update (self->page);
  cs_page_feed_read (self);
}

void
cs_page_feed_tell (CsPageFeed *self)
{
  g_return_if_fail (CS_IS_PAGE_FEED (self));

  if (!cs_page_feed_defer (self) && self->pending == 0)
    self->pending = g_timeout_add (GATHER, gathered, self);
}

gboolean
cs_page_feed_defer (CsPageFeed *self)
{
  g_return_val_if_fail (CS_IS_PAGE_FEED (self), FALSE);

  if (self->page != NULL && gtk_widget_get_mapped (self->page))
    return FALSE;

  self->stale = TRUE;

  return TRUE;
}

const char *
cs_page_feed_get_wait (CsPageFeed *self)
{
  g_return_val_if_fail (CS_IS_PAGE_FEED (self), NULL);

  if (self->answered)
    return NULL;

  return self->trouble != NULL ? "failed" : "loading";
}

gboolean
cs_page_feed_is_answered (CsPageFeed *self)
{
  g_return_val_if_fail (CS_IS_PAGE_FEED (self), FALSE);

  return self->answered;
}

const char *
cs_page_feed_get_trouble (CsPageFeed *self)
{
  g_return_val_if_fail (CS_IS_PAGE_FEED (self), NULL);

  return self->trouble;
}
