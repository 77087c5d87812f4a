/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libdex.h>

#include "cs-fiber-private.h"

/* libdex 0.10 wakes a fiber that nobody waits for any more, so that it sees that
 * and stops. Where what the fiber had been waiting for comes to its end before
 * the fiber runs, it is woken a second time: taken out of the queue of those that
 * wait, which it has left already. From then on the queue of those that may run
 * has members and no first one: the main loop turns at full speed and no fiber
 * ever runs again. That is a matter of a moment, but the thread that reads the
 * library ends such waits at any moment.
 *
 * So what wakes fibers is replaced by the same that looks first. It has to know
 * how that version lays its objects out; where their size is another one, as it
 * is in other versions and on other processors, all is left as it is.
 */

#define CLASS_SIZE    32
#define INSTANCE_SIZE 1176

typedef struct
{
  GTypeClass parent;
  void     (*finalize) (gpointer object);
  gboolean (*propagate) (gpointer future,
                         gpointer completed);
  void     (*discard) (gpointer future);
} FutureClass;

typedef struct
{
  GSource source;
  GMutex  mutex;
  gpointer running;
  GQueue  runnable;
  GQueue  blocked;
} Scheduler;

typedef struct
{
  GTypeClass *klass;
  GMutex      mutex;
  gpointer    future[12];
  GList       link;
  guint       is_running : 1;
  guint       is_runnable : 1;
  gpointer    rest[2];
  Scheduler  *scheduler;
} Fiber;

#ifdef __x86_64__
G_STATIC_ASSERT (sizeof (FutureClass) == CLASS_SIZE);
G_STATIC_ASSERT (G_STRUCT_OFFSET (Scheduler, mutex) == 0x60);
G_STATIC_ASSERT (G_STRUCT_OFFSET (Scheduler, runnable) == 0x70);
G_STATIC_ASSERT (G_STRUCT_OFFSET (Scheduler, blocked) == 0x88);
G_STATIC_ASSERT (G_STRUCT_OFFSET (Fiber, link) == 0x70);
G_STATIC_ASSERT (G_STRUCT_OFFSET (Fiber, scheduler) == 0xa0);

static gboolean
is_in (GQueue *queue,
       GList  *link)
{
  while (link->prev != NULL)
    link = link->prev;

  return queue->head == link;
}

/* As in libdex, but that one who runs already is left alone */
static gboolean
wake (gpointer future,
      gpointer completed)
{
  Fiber   *self = future;
  GSource *source = NULL;

  g_mutex_lock (&self->mutex);
  if (self->scheduler == NULL)
    {
      g_mutex_unlock (&self->mutex);
      return FALSE;
    }

  g_mutex_lock (&self->scheduler->mutex);
  if (is_in (&self->scheduler->blocked, &self->link))
    {
      self->is_runnable = TRUE;
      g_queue_unlink (&self->scheduler->blocked, &self->link);
      g_queue_push_tail_link (&self->scheduler->runnable, &self->link);
      source = g_source_ref (&self->scheduler->source);
    }
  g_mutex_unlock (&self->scheduler->mutex);
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    {
      g_main_context_wakeup (g_source_get_context (source));
      g_source_unref (source);
    }

  return TRUE;
}

static gpointer
mend (gpointer data)
{
  FutureClass *klass;
  GTypeQuery   query;

  dex_init ();
  g_type_query (DEX_TYPE_FIBER, &query);
  if (query.class_size != CLASS_SIZE || query.instance_size != INSTANCE_SIZE)
    return NULL;

  /* Stays for as long as the program runs */
  klass = g_type_class_ref (DEX_TYPE_FIBER);
  klass->propagate = wake;

  return NULL;
}

void
cs_fiber_mend (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, mend, NULL);
}
#else
void
cs_fiber_mend (void)
{
}
#endif
