//! Zstandard (RFC 8878) as a stream: frames one after the other, frames to be skipped, checksums, and a window that is bounded.

use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};
use std::{
    error::Error,
    io::{self, BufRead, BufReader, ErrorKind, Read},
};

/// How far back a file may refer, which is what has to be held of it: as much as the `zstd` program takes without being asked.
pub(crate) const MAX_WINDOW_BYTES: u64 = 128 << 20;

/// The header of a raw block of no bytes that is its frame's last, and room for a checksum, which is not looked at then.
const EMPTY_LAST_BLOCK: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// The frames of a stream, decompressed.
pub(crate) struct Frames<R> {
    source: BufReader<R>,
    decoder: FrameDecoder,
    is_within: bool,
    /// Why the frame ended before its end, until what stood before was given.
    broken: Option<io::Error>,
}

/// Why a stream of frames stops that is whole and could be read elsewhere.
#[derive(Debug, thiserror::Error)]
#[error("it refers back over more than {} MiB", MAX_WINDOW_BYTES >> 20)]
pub(crate) struct WindowTooLarge;

impl<R: Read> Frames<R> {
    pub(crate) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        Self { source: BufReader::with_capacity(64 * 1024, source), decoder, is_within: false, broken: None }
    }

    /// Begins the next frame; false when there is none.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.is_within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut (&mut self.source).take(u64::from(length)), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(meaning(error)),
            }
        }
        Ok(false)
    }

    /// Decodes until something can be given or the frame is at its end.
    fn decode(&mut self) -> io::Result<()> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let decoded = self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1));
            if let Err(error) = decoded.map_err(meaning) {
                if error.kind() != ErrorKind::UnexpectedEof {
                    return Err(error);
                }
                // The decoder holds back what later blocks may refer to. None come any more: with a last, empty block it gives all.
                self.decoder.decode_blocks(EMPTY_LAST_BLOCK, BlockDecodingStrategy::All).map_err(meaning)?;
                self.broken = Some(error);
            }
        }
        Ok(())
    }

    /// The frame was given: is it what was compressed?
    fn finish(&mut self) -> io::Result<()> {
        self.is_within = false;
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let said = self.decoder.get_checksum_from_data();
        if said.is_some() && said != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(ErrorKind::InvalidData, "the checksum of a frame is wrong"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.is_within || self.begin()? {
            self.decode()?;
            let read = self.decoder.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            self.finish()?;
        }
        Ok(0)
    }
}

/// What an error of the decoder is: the system's, where there is one below it, and damage otherwise.
fn meaning(error: FrameDecoderError) -> io::Error {
    if matches!(error, FrameDecoderError::WindowSizeTooBig { .. }) {
        return io::Error::new(ErrorKind::Unsupported, WindowTooLarge);
    }
    let mut below: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(cause) = below {
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            return io::Error::new(io.kind(), error);
        }
        below = cause.source();
    }
    io::Error::new(ErrorKind::InvalidData, error)
}
