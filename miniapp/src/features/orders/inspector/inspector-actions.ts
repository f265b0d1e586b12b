import type { ActionTable } from '../order-actions';
import { AppealFaultForm } from './appeal-fault-form';
import { DecideAppealForm } from './decide-appeal-form';
import { GoInspect } from './go-inspect';

/** 督查: what the inspector does to a drawn order, and what the handler may say against a fault. */
export const inspectorActions = {
  inspect: { label: '督查', main: true, Form: GoInspect },
  decideAppeal: { label: '裁定申诉', main: true, Form: DecideAppealForm },
  appealFault: { label: '申诉', Form: AppealFaultForm },
} satisfies ActionTable;
