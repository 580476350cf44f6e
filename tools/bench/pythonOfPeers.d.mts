/** The path of the Python that the peers run in. */
export declare const pythonOfPeers: () => string
