declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  const library: () => Promise<{ HeifDecoder: new () => { decode: (bytes: Uint8Array) => object[] } }>
  export default library
}
