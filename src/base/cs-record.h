/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A record is a plain struct that is filled once and then only read: counted
 * atomically, so that it may cross threads, and boxed, so that a future can
 * resolve to it. CS_DECLARE_RECORD goes into the header, CS_DEFINE_RECORD into
 * the source, with a static `void prefix_clear (Type *)` that frees the fields.
 */
#define CS_DECLARE_RECORD(Type, prefix)          \
  GType prefix##_get_type (void);                \
  Type *prefix##_new (void);                     \
  Type *prefix##_ref (Type *self);               \
  void  prefix##_unref (Type *self);             \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, prefix##_unref)

#define CS_DEFINE_RECORD(Type, prefix)                                \
  G_DEFINE_BOXED_TYPE (Type, prefix, prefix##_ref, prefix##_unref)    \
  Type *                                                              \
  prefix##_new (void)                                                 \
  {                                                                   \
    return g_atomic_rc_box_new0 (Type);                               \
  }                                                                   \
  Type *                                                              \
  prefix##_ref (Type *self)                                           \
  {                                                                   \
    return g_atomic_rc_box_acquire (self);                            \
  }                                                                   \
  void                                                                \
  prefix##_unref (Type *self)                                         \
  {                                                                   \
    g_atomic_rc_box_release_full (self, (GDestroyNotify) prefix##_clear); \
  }

G_END_DECLS
