//! Parquet: typed columns in groups of rows, for DuckDB, pandas, Spark and their like.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as PhysicalType};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Sink;
use super::columns::{COLUMNS, Cell, Column, Kind};
use crate::response::Response;

/// Rows held until there are enough for a group.
pub(super) struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    held: Vec<Response>,
}

/// So many rows are held at most.
const GROUP_ROWS: usize = 20_000;

impl<W: Write + Send> Table<W> {
    pub(super) fn new(output: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let schema = schema().map_err(failed)?;
        let writer = SerializedFileWriter::new(output, schema, Arc::new(properties));
        Ok(Self {
            writer: writer.map_err(failed)?,
            held: Vec::new(),
        })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &COLUMNS {
            if let Some(mut writer) = group.next_column()? {
                write_column(&mut writer, column, &self.held)?;
                writer.close()?;
            }
        }
        group.close()?;
        self.held.clear();
        Ok(())
    }
}

impl<W: Write + Send> Sink for Table<W> {
    fn row(&mut self, response: Response) -> io::Result<()> {
        self.held.push(response);
        if self.held.len() < GROUP_ROWS {
            return Ok(());
        }
        self.write_group().map_err(failed)
    }

    fn end(mut self) -> io::Result<()> {
        if !self.held.is_empty() {
            self.write_group().map_err(failed)?;
        }
        self.writer.close().map(drop).map_err(failed)
    }
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => io::Error::other(source),
        other => io::Error::other(other),
    }
}

fn schema() -> Result<TypePtr, ParquetError> {
    let fields = COLUMNS
        .iter()
        .map(|column| field(column).map(Arc::new))
        .collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("response").with_fields(fields);
    Ok(Arc::new(schema.build()?))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    if column.kind == Kind::Texts {
        return texts(column.name);
    }
    let (physical, logical, repetition) = match column.kind {
        Kind::Json => (
            PhysicalType::BYTE_ARRAY,
            Some(LogicalType::Json),
            Repetition::OPTIONAL,
        ),
        Kind::Integer => (PhysicalType::INT32, None, Repetition::OPTIONAL),
        Kind::Number => (PhysicalType::DOUBLE, None, Repetition::OPTIONAL),
        Kind::Flag => (PhysicalType::BOOLEAN, None, Repetition::REQUIRED),
        Kind::Moment => (PhysicalType::INT64, Some(moment()), Repetition::REQUIRED),
        Kind::Text | Kind::Texts => (
            PhysicalType::BYTE_ARRAY,
            Some(LogicalType::String),
            Repetition::OPTIONAL,
        ),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
}

/// Microseconds since 1970 in UTC.
fn moment() -> LogicalType {
    LogicalType::timestamp(true, TimeUnit::MICROS)
}

/// A list of texts, in the three levels the format asks for.
fn texts(name: &str) -> Result<Type, ParquetError> {
    let element = Type::primitive_type_builder("element", PhysicalType::BYTE_ARRAY)
        .with_logical_type(Some(LogicalType::String))
        .with_repetition(Repetition::REQUIRED)
        .build()?;
    let list = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(name)
        .with_logical_type(Some(LogicalType::List))
        .with_repetition(Repetition::REQUIRED)
        .with_fields(vec![Arc::new(list)])
        .build()
}

fn write_column(
    writer: &mut SerializedColumnWriter<'_>,
    column: &Column,
    rows: &[Response],
) -> Result<(), ParquetError> {
    let cells = rows.iter().map(column.cell);
    match column.kind {
        Kind::Text | Kind::Json => write_optional::<ByteArrayType>(
            writer,
            cells.map(|cell| match cell {
                Cell::Text(text) => text.map(|text| ByteArray::from(text.as_ref())),
                _ => None,
            }),
        ),
        Kind::Integer => write_optional::<Int32Type>(
            writer,
            cells.map(|cell| match cell {
                Cell::Integer(number) => number,
                _ => None,
            }),
        ),
        Kind::Number => write_optional::<DoubleType>(
            writer,
            cells.map(|cell| match cell {
                Cell::Number(number) => number,
                _ => None,
            }),
        ),
        Kind::Flag => {
            write_required::<BoolType>(writer, cells.map(|cell| matches!(cell, Cell::Flag(true))))
        }
        Kind::Moment => write_required::<Int64Type>(
            writer,
            cells.map(|cell| match cell {
                Cell::Moment(moment) => moment.as_microsecond(),
                _ => 0,
            }),
        ),
        Kind::Texts => write_texts(writer, cells),
    }
}

fn write_required<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<T::T> = values.collect();
    writer.typed::<T>().write_batch(&values, None, None)?;
    Ok(())
}

/// Absent values are not written; their level says that they are absent.
fn write_optional<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    writer
        .typed::<T>()
        .write_batch(&values, Some(&levels), None)?;
    Ok(())
}

/// An empty list has one level of 0 and no value; within a list the repetition is 1.
fn write_texts<'r>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Cell<'r>>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let texts: &[String] = match cell {
            Cell::Texts(texts) => texts,
            _ => &[],
        };
        if texts.is_empty() {
            levels.push(0);
            repetitions.push(0);
        }
        for (place, text) in texts.iter().enumerate() {
            values.push(ByteArray::from(text.as_str()));
            levels.push(1);
            repetitions.push(i16::from(place > 0));
        }
    }
    writer
        .typed::<ByteArrayType>()
        .write_batch(&values, Some(&levels), Some(&repetitions))?;
    Ok(())
}
