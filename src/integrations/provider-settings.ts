/** Settings of one connection as an adapter needs them: opened secret, final address. */
export interface ProviderSettings {
  baseUrl: string;
  apiKey: string;
  /** OpenAI only. */
  organization?: string;
  project?: string;
}
