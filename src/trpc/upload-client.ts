'use client';

import { generateReactHelpers } from '@uploadthing/react';
import type { UploadRouter } from '@/server/uploads/upload-router';

/** The browser's typed door for files: UploadThing's own client, bound to our routes. */
export const { uploadFiles } = generateReactHelpers<UploadRouter>({ url: '/api/uploadthing' });
