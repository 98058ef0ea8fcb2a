export const hot: readonly { readonly files: string; readonly benchmark: string }[];
