/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-source.h"
#include "cs-work.h"

G_BEGIN_DECLS

gboolean cs_work_settings_are_sane (const CsWireSettings *settings,
                                    GError              **error);
gboolean cs_work_improve (CsWork              *self,
                          const CsWireRequest *request,
                          CsSource            *source,
                          GError             **error);
gboolean cs_work_plan (CsWork              *self,
                       const CsWireRequest *request,
                       CsSource            *source,
                       GError             **error);
gboolean cs_work_preview (CsWork              *self,
                          const CsWireRequest *request,
                          GError             **error);

G_END_DECLS
