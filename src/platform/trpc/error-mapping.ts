import { TRPCError } from '@trpc/server';
import type { AppError } from '@/lib/app-error';
import { errorTable } from '@/platform/errors/error-table';

export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: errorTable[error.kind].trpc, message: error.message, cause: error });
}
