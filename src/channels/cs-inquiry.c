/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-inquiry.h"

static void
cs_inquiry_clear (CsInquiry *self)
{
  g_free (self->category);
  g_free (self->search);
  g_clear_pointer (&self->notes, json_object_unref);
  g_clear_pointer (&self->shop, cs_shop_unref);
  g_clear_pointer (&self->form, cs_form_unref);
}

CS_DEFINE_RECORD (CsInquiry, cs_inquiry)

CsInquiry *
cs_inquiry_make (CsInquiryKind kind,
                 const char   *category,
                 const char   *search)
{
  CsInquiry *self = cs_inquiry_new ();

  self->kind = kind;
  self->category = g_strdup (category);
  self->search = g_strdup (search);
  self->notes = json_object_new ();
  self->shop = cs_shop_new ();
  self->form = cs_form_make ();

  return self;
}
