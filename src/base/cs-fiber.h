/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *cs_fiber_spawn (DexFiberFunc   func,
                           gpointer       data,
                           GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_fiber_spawn_disowned (DexFiberFunc   func,
                                    gpointer       data,
                                    GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_fiber_compute (DexFiberFunc   func,
                             gpointer       data,
                             GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;

/* A future that rejects with a translated sentence */
#define cs_fiber_refuse(code, ...) dex_future_new_reject (CS_ERROR, code, __VA_ARGS__)

G_END_DECLS
