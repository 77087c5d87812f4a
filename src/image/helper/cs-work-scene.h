/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-source.h"
#include "cs-work.h"

G_BEGIN_DECLS

gboolean cs_work_stage (CsWork              *self,
                        const CsWireRequest *request,
                        CsSource            *source,
                        GError             **error);
gboolean cs_work_painted (CsWork              *self,
                          const CsWireRequest *request,
                          CsSource            *source,
                          GError             **error);

G_END_DECLS
