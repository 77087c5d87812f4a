/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-wire.h"

G_BEGIN_DECLS

typedef struct _CsImageProcess CsImageProcess;

typedef enum
{
  CS_IMAGE_PROCESS_STARTING,
  CS_IMAGE_PROCESS_IDLE,
  CS_IMAGE_PROCESS_BUSY,
  CS_IMAGE_PROCESS_GONE,
} CsImageProcessState;

/* Called from the main loop: @answer is NULL where the process said hello or
 * has gone; @payload is what came beside the answer, and taken.
 */
typedef void (*CsImageProcessFunc) (CsImageProcess     *self,
                                    const CsWireAnswer *answer,
                                    GBytes             *payload,
                                    gpointer            user_data);

CsImageProcess     *cs_image_process_new (const char        *name,
                                          CsImageProcessFunc func,
                                          gpointer           user_data,
                                          GError           **error);
void                cs_image_process_free (CsImageProcess *self);
CsImageProcessState cs_image_process_get_state (CsImageProcess *self);
const CsWireHello  *cs_image_process_get_hello (CsImageProcess *self);
gboolean            cs_image_process_is_late (CsImageProcess *self);
/* Which photo it has at hand, "" for none */
const char         *cs_image_process_get_key (CsImageProcess *self);
void                cs_image_process_set_key (CsImageProcess *self,
                                              const char     *key);
gboolean            cs_image_process_ask (CsImageProcess *self,
                                          gconstpointer   request,
                                          gsize           length,
                                          const int      *fds,
                                          guint           n_fds,
                                          guint           timeout_msec);

G_END_DECLS
